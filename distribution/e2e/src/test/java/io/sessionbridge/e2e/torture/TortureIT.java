package io.sessionbridge.e2e.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some minutes of torture. The system properties {@code torture.seed} and {@code torture.minutes}
 * choose another run; the script {@code torture} beside the sources sets them.
 */
class TortureIT {

  private static final String DEFAULT_MINUTES =
      System.getenv("SESSIONBRIDGE_REQUIRE_ALL") == null ? "0.5" : "3";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString());
    RequiredTool.require(mounted, "a small disk could not be mounted: not root, or not Linux");
    RequiredTool.find("mosquitto");
    RequiredTool.find("rsyslogd");
    RequiredTool.find("gcc");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program here
    }
  }

  @Test
  void everyLineArrivesOnceOrIsStatedLost() throws Exception {
    long seed = Long.getLong("torture.seed", System.nanoTime());
    double minutes = Double.parseDouble(System.getProperty("torture.minutes", DEFAULT_MINUTES));
    System.out.println("torture: seed " + seed + ", " + minutes + " minutes, in " + folder);
    Torture torture =
        new Torture(seed, folder, disk, line -> System.out.println("torture: " + line));
    try {
      List<String> wrong = torture.run(Duration.ofSeconds(Math.round(minutes * 60)));
      assertThat(wrong).as("seed %s", seed).isEmpty();
    } finally {
      torture.shutDown();
    }
  }
}
