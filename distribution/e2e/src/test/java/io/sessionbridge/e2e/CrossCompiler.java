package io.sessionbridge.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the C sources of tests for Windows: mingw-w64's compiler on Linux. Tests that need it are
 * skipped without it, and fail where {@code SESSIONBRIDGE_REQUIRE_ALL} is set.
 */
final class CrossCompiler {

  private static final String NAME = "x86_64-w64-mingw32-gcc";
  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

  private CrossCompiler() {}

  /** Skips the test, or fails it, without the compiler. */
  static void require() {
    if (Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .noneMatch(place -> Files.isExecutable(Path.of(place, NAME)))) {
      String missing = "needs " + NAME + " on the path";
      if (System.getenv("SESSIONBRIDGE_REQUIRE_ALL") != null) {
        throw new AssertionError(missing);
      }
      abort(missing);
    }
  }

  /**
   * Makes a library of all sources in {@code src/test/c/NAME}.
   *
   * @param folder for the library
   */
  static Path library(String name, Path folder, String... options) throws Exception {
    require();
    Path library = folder.resolve(name + ".dll");
    List<String> command =
        new ArrayList<>(
            List.of(NAME, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-static-libgcc"));
    command.addAll(List.of("-o", library.toString()));
    try (Stream<Path> sources = Files.list(SOURCES.resolve(name))) {
      sources.map(Path::toString).filter(CrossCompiler::isSource).sorted().forEach(command::add);
    }
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(name + " does not compile: " + output);
    }
    return library;
  }

  private static boolean isSource(String file) {
    return file.endsWith(".c") || file.endsWith(".def");
  }
}
