package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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

  /** The version in the file of a class, for instance 61 of Java 17. */
  int classFileVersion(String name) {
    String file = name.replace('.', '/') + ".class";
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      for (Path jar : jars.filter(one -> one.toString().endsWith(".jar")).toList()) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          ZipEntry entry = zip.getEntry(file);
          if (entry != null) {
            return ByteBuffer.wrap(zip.getInputStream(entry).readNBytes(8)).getShort(6);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("no jar has " + name);
  }
}
