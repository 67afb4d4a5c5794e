package io.sessionbridge.e2e.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.SmallDisk;
import io.sessionbridge.testkit.RequiredTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some minutes of torture, by one seed, so that a gate can be repeated. The system properties
 * {@code torture.seed} and {@code torture.minutes} choose another run; the script {@code torture}
 * beside the sources sets them.
 */
class TortureIT {

  private static final String DEFAULT_MINUTES =
      System.getenv("SESSIONBRIDGE_REQUIRE_ALL") == null ? "0.5" : "3";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    RequiredTool.find("mosquitto");
    RequiredTool.find("rsyslogd");
    RequiredTool.find("gcc");
    disk = SmallDisk.mount(folder.resolve("disk"), 96);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void everyLineArrivesOnceOrIsStatedLost() throws Exception {
    long seed = Long.getLong("torture.seed", 7_767_506_192_422L);
    double minutes = Double.parseDouble(System.getProperty("torture.minutes", DEFAULT_MINUTES));
    System.out.println("torture: seed " + seed + ", " + minutes + " minutes, in " + folder);
    Torture torture =
        new Torture(seed, folder, disk.folder(), line -> System.out.println("torture: " + line));
    try {
      List<String> wrong = torture.run(Duration.ofSeconds(Math.round(minutes * 60)));
      assertThat(wrong).as("seed %s", seed).isEmpty();
    } finally {
      torture.shutDown();
    }
  }
}
