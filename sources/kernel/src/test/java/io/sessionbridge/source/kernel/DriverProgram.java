package io.sessionbridge.source.kernel;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The driver's source and its test harness ({@code src/test/c}), compiled for this machine with
 * gcc's sanitizers.
 */
final class DriverProgram {

  /** Sanitizers that gcc can compile in. */
  enum Sanitizer {
    MEMORY("address,undefined"),
    THREADS("thread");

    private final String option;

    Sanitizer(String option) {
      this.option = option;
    }
  }

  /** The result of a run. */
  record Run(int exit, String output) {

    boolean hasPassed() {
      return exit == 0 && output.endsWith("PASSED\n");
    }

    /** The first line that reports an error. */
    String finding() {
      return output
          .lines()
          .filter(
              line -> line.matches("FOUND .*|.*(WARNING|ERROR): \\w+Sanitizer.*|.*runtime error.*"))
          .findFirst()
          .map(line -> line.replaceAll("==\\d+==|\\(pid=.*|on (unknown )?address.*", "").trim())
          .orElse("exit code " + exit);
    }
  }

  static final Path SOURCE = Path.of("src/main/driver/sessionbridge.c");

  private static final Path TESTS = Path.of("src/test/c");
  private static final String WRONG_LAYOUT = "unexpected memory mapping";
  private static final int LONGEST_SECONDS = 60;

  /** Some faults make the program loop forever. */
  private static final int PROGRAM_SECONDS = 15;

  private final Path folder;
  private final Sanitizer sanitizer;
  private final Path compiler;
  private final List<String> objects = new ArrayList<>();

  /** Compiles the test harness, once for all drivers. */
  DriverProgram(Path folder, Sanitizer sanitizer) throws Exception {
    this.folder = Files.createDirectories(folder.resolve(sanitizer.name()));
    this.sanitizer = sanitizer;
    this.compiler = RequiredTool.find("gcc");
    try (Stream<Path> sources = Files.list(TESTS)) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".c")).toList()) {
        objects.add(object(source));
      }
    }
  }

  private String object(Path source) throws Exception {
    String name = source.getFileName().toString().replaceAll("\\.c$", ".o");
    Path object = folder.resolve(name);
    compile("-c", source.toString(), "-o", object.toString());
    return object.toString();
  }

  private void compile(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                compiler.toString(),
                "-std=gnu11",
                "-fshort-wchar",
                "-O1",
                "-g",
                "-pthread",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-Wno-cast-function-type",
                "-Wno-unknown-pragmas",
                "-fno-omit-frame-pointer",
                "-fsanitize=" + sanitizer.option,
                "-fno-sanitize-recover=all"));
    command.addAll(List.of("-I", TESTS.resolve("kernel").toString(), "-I", TESTS.toString()));
    command.addAll(List.of("-I", SOURCE.getParent().toString()));
    command.addAll(Arrays.asList(arguments));
    Run run = run(command, LONGEST_SECONDS);
    if (run.exit() != 0) {
      throw new AssertionError("does not compile: " + run.output());
    }
  }

  /** Runs all cases and a storm of the given length. */
  Run run(String source, int stormMillis) throws Exception {
    Path driver = Files.writeString(folder.resolve("driver.c"), source);
    Path program = folder.resolve("program");
    List<String> arguments = new ArrayList<>(objects);
    arguments.add(object(driver));
    arguments.addAll(List.of("-o", program.toString()));
    compile(arguments.toArray(String[]::new));
    List<String> command = List.of(program.toString(), String.valueOf(stormMillis));
    Run run = run(command, PROGRAM_SECONDS);
    if (!run.output().contains(WRONG_LAYOUT)) {
      return run;
    }
    // some sanitizer versions need address randomization off
    List<String> fixed = new ArrayList<>(List.of(RequiredTool.find("setarch").toString(), "-R"));
    fixed.addAll(command);
    return run(fixed, PROGRAM_SECONDS);
  }

  private Run run(List<String> command, int atMostSeconds)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("TSAN_OPTIONS", "halt_on_error=1");
    builder.environment().put("ASAN_OPTIONS", "detect_leaks=1");
    Process process = builder.start();
    if (!process.waitFor(atMostSeconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Run(-1, "FOUND it never ends\n");
    }
    return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
