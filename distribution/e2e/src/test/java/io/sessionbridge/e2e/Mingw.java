package io.sessionbridge.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The compiler that makes the libraries of tests for Windows, from {@code src/test/c}. */
final class Mingw {

  private static final String COMPILER = "x86_64-w64-mingw32-gcc";

  private Mingw() {}

  /**
   * Makes {@code target/c/<name>.dll} of all sources in the folder of that name. Skips the test, as
   * {@link Wine#orSkip} does, where there is no compiler.
   */
  static Path dllOrSkip(String name) throws Exception {
    if (!isInstalled()) {
      String missing = "needs the compiler " + COMPILER;
      if (System.getenv("SESSIONBRIDGE_REQUIRE_ALL") != null) {
        throw new AssertionError(missing);
      }
      return abort(missing);
    }
    Path folder = Files.createDirectories(Path.of("target/c"));
    Path dll = folder.resolve(name + ".dll").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(COMPILER, "-O2", "-Wall", "-Wextra", "-Werror", "-shared"));
    command.addAll(List.of("-o", dll.toString()));
    try (Stream<Path> sources = Files.list(Path.of("src/test/c").resolve(name))) {
      sources.map(Path::toString).filter(Mingw::isSource).sorted().forEach(command::add);
    }
    command.addAll(List.of("-static-libgcc", "-lole32", "-loleaut32", "-luuid"));
    Path output = folder.resolve(name + ".log");
    Process compiler =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!compiler.waitFor(120, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
      throw new AssertionError(name + ".dll: " + Files.readString(output));
    }
    return dll;
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMPILER)));
  }

  private static boolean isSource(String file) {
    return file.endsWith(".c") || file.endsWith(".def");
  }
}
