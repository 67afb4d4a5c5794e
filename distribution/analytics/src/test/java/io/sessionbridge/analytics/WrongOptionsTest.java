package io.sessionbridge.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line says what is wrong and what to do; the list of all options would hide it. */
class WrongOptionsTest {

  @TempDir private Path folder;

  private static String fails(String... words) {
    PrintStream real = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      assertThat(Main.execute(words)).isEqualTo(1);
    } finally {
      System.setErr(real);
    }
    return err.toString(UTF_8).strip();
  }

  @Test
  void anUnknownZoneIsToldWithTheNearest() {
    assertThat(fails("lab-use", "--events=" + folder + "/*.jsonl", "--zone=Europe/Berln"))
        .isEqualTo(
            "sessionbridge-report: --zone Europe/Berln is unknown, did you mean Europe/Berlin?");
  }

  @Test
  void aPatternWithoutFilesIsToldWithItsFolder() {
    String some = folder + "/*.jsonl";
    String hours = "--hours=" + TestingLake.HOURS;
    String hosts = "--hosts=" + TestingLake.NO_HOSTS;
    assertThat(fails("lab-use", "--events=" + some, hours, hosts))
        .isEqualTo(
            "sessionbridge-report: no file matches --events "
                + some
                + ": the folder "
                + folder
                + " has none");
    String away = folder + "/away/day-*/events.parquet";
    assertThat(fails("lab-use", "--events=" + away, hours, hosts))
        .isEqualTo(
            "sessionbridge-report: no file matches --events "
                + away
                + ": the folder "
                + folder.resolve("away")
                + " does not exist");
  }
}
