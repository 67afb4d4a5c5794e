package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unit tests of the Windows library in a Java for Windows: those that call the native functions
 * of this system run there only, and the others shall not differ.
 */
@Timeout(600)
class UnitTestsOnWindowsIT {

  private static final Path CLASSES = Path.of("../../sources/windows/target/test-classes");
  private static final Pattern SUMMARY =
      Pattern.compile("tests (\\d+) failed (\\d+) skipped (\\d+)");

  @TempDir Path folder;

  @Test
  void pass() throws Exception {
    Wine wine = Wine.orSkip();
    assertThat(CLASSES.resolve("io/sessionbridge/windows")).isDirectory();
    try (WindowsProgram tests =
        wine.unitTests(folder, CLASSES.toRealPath(), "io.sessionbridge.windows")) {
      tests.awaitEnd(Duration.ofMinutes(8));
      Matcher summary = SUMMARY.matcher(tests.out());
      assertThat(summary.find()).as(tests.out() + tests.err()).isTrue();
      assertThat(tests.out()).contains("failed 0 skipped 0");
      assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(200);
    }
  }
}
