package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    return withFlags(Bundle.shippedFlags(), main, arguments);
  }

  /** On the agent's libraries with other flags. */
  static JavaCommand withFlags(List<String> flags, Class<?> main, String... arguments) {
    return new JavaCommand(flags, Bundle.classPath(), main.getName(), arguments);
  }

  List<String> words() {
    return List.copyOf(command);
  }

  /** Runs it with this process's input and output; returns the exit code. */
  int run() throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
