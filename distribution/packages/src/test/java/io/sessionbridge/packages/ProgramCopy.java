package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the bundle without the demo, started with the Java of the tests. */
final class ProgramCopy {

  static final Path BUNDLE = Path.of("../bundle/target/sessionbridge").toAbsolutePath();

  private final Path folder;
  private final Path home;

  /**
   * Copies the bundle.
   *
   * @param folder its real path; for a class cache with plain names, because Java 17 would take
   *     none of the classes of the jars from it
   */
  ProgramCopy(Path folder) throws IOException {
    this.folder = folder;
    this.home = folder.resolve("sessionbridge");
    try (Stream<Path> files = Files.walk(BUNDLE)) {
      for (Path file : files.toList()) {
        Path name = BUNDLE.relativize(file);
        if (!name.startsWith("lib/demo")) {
          Files.copy(file, home.resolve(name));
        }
      }
    }
  }

  Path home() {
    return home;
  }

  /** What a run printed. */
  record Outcome(int exitCode, String output, List<String> errors) {}

  /**
   * Runs the program in its folder, with an empty standard input, until it ends.
   *
   * @param options for Java
   */
  Outcome run(String options, String... arguments) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(home.resolve("bin/sessionbridge").toString()),
                        Stream.of(arguments))
                    .toList())
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(errors.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SESSIONBRIDGE_JAVA_OPTS", options);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output, Files.readAllLines(errors));
  }
}
