package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A command line that starts a program of this module in a JVM of its own. */
final class JavaCommand {

  private final List<String> command = new ArrayList<>();

  private JavaCommand(List<String> flags, String classPath, String main, String... arguments) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Dbenchmarks.bundle=" + Bundle.home());
    command.add("-Dbenchmarks.jar=" + System.getProperty("benchmarks.jar"));
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
  }

  /** On the agent's libraries with the flags of the bundle. */
  static JavaCommand withShippedFlags(Class<?> main, String... arguments) throws IOException {
    return withShippedFlags("", main, arguments);
  }

  /**
   * On the agent's libraries with the flags of the bundle and more.
   *
   * @param more flags, separated by blanks; of two that contradict each other Java takes the last
   */
  static JavaCommand withShippedFlags(String more, Class<?> main, String... arguments)
      throws IOException {
    List<String> flags = new ArrayList<>(Bundle.shippedFlags());
    flags.addAll(Stream.of(more.split(" ", -1)).filter(Predicate.not(String::isEmpty)).toList());
    return withFlags(flags, main, arguments);
  }

  /** On the agent's libraries with flags of the caller's. */
  static JavaCommand withFlags(List<String> flags, Class<?> main, String... arguments) {
    return new JavaCommand(flags, Bundle.classPath(), main.getName(), arguments);
  }

  /** The agent itself with flags of the caller's. */
  static JavaCommand agent(List<String> flags, String... arguments) {
    return new JavaCommand(flags, Bundle.classPath(), "io.sessionbridge.cli.Main", arguments);
  }

  List<String> words() {
    return List.copyOf(command);
  }

  /**
   * With the environment set in front of it.
   *
   * @param environment variables, each {@code NAME=VALUE}
   */
  List<String> words(List<String> environment) {
    if (environment.isEmpty()) {
      return words();
    }
    List<String> all = new ArrayList<>(List.of("env"));
    all.addAll(environment);
    all.addAll(command);
    return all;
  }

  /** Runs it with this process's input and output; returns the exit code. */
  int run() throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
