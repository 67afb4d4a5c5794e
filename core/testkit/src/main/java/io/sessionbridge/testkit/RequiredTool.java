package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that a test needs. Without it the test is skipped with a message; with {@code
 * SESSIONBRIDGE_REQUIRE_ALL=1} in the environment it fails.
 */
public final class RequiredTool {

  private static final String[] ALSO = {"/usr/sbin", "/sbin", "/usr/local/sbin"};

  private RequiredTool() {}

  /** Finds the program in {@code PATH} and in the folders for administrators. */
  public static Path find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    Optional<Path> found =
        Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Arrays.stream(ALSO))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    require(found.isPresent(), "this machine has no " + name);
    return found.orElseThrow();
  }

  /**
   * Skips or fails the test if something is missing.
   *
   * @param missing what this machine lacks, as a sentence
   */
  public static void require(boolean there, String missing) {
    if (!there && "1".equals(System.getenv("SESSIONBRIDGE_REQUIRE_ALL"))) {
      fail(missing + ", and SESSIONBRIDGE_REQUIRE_ALL=1 requires it");
    }
    assumeTrue(there, missing);
  }
}
