package io.sessionbridge.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder for the demo's files. */
final class DemoFolder implements AutoCloseable {

  private final Path path;

  private DemoFolder(Path path) {
    this.path = path;
  }

  static DemoFolder create() throws IOException {
    return new DemoFolder(Files.createTempDirectory("sessionbridge-demo"));
  }

  Path path() {
    return path;
  }

  /** Removes the folder and its content. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("demo: " + path + " could not be removed: " + e.getMessage());
    }
  }
}
