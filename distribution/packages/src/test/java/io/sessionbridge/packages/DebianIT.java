package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of the package on a Debian with systemd as its first process: install, restart, update,
 * remove, purge. Needs root, and in {@code SESSIONBRIDGE_DEBIAN_ROOT} the tar file of a root with
 * systemd and a Java, as {@code .ci/run} makes it.
 */
@Timeout(900)
class DebianIT {

  @TempDir private Path folder;

  @Test
  void livesAndDies() throws Exception {
    String tar = System.getenv().getOrDefault("SESSIONBRIDGE_DEBIAN_ROOT", "");
    RequiredTool.require(
        Files.isRegularFile(Path.of(tar)), "SESSIONBRIDGE_DEBIAN_ROOT names no root of a Debian");
    Path root = Files.createDirectory(folder.resolve("root"));
    assertThat(run("tar", "-xf", tar, "-C", root.toString(), "--exclude=./dev/*")).isEmpty();
    Path deb;
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      deb = files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
    }

    String said =
        run(
            "src/test/debian/cycle",
            root.toString(),
            deb.toString(),
            ProgramCopy.BUNDLE.toString());

    assertThat(said.lines())
        .containsExactly(
            "saw: an older unit set aside",
            "saw: data of root taken over",
            "saw: a file with a second name left alone",
            "saw: running as sessionbridge",
            "saw: status through /usr/bin/sessionbridge",
            "saw: the class cache used",
            "saw: an event passed",
            "saw: the configuration and the sequence of the older agent continued",
            "saw: restart after kill -9",
            "saw: a damaged class cache reported in one line",
            "saw: the class cache made again after an update of Java",
            "saw: a command, with a priority only by the drop-in file of its page",
            "saw: an edited configuration kept",
            "saw: a new version with its own class cache",
            "saw: a disabled service left alone by an update",
            "saw: running with ProcSubset=pid",
            "saw: a missing file of a source reported by an update, which does not stop the agent",
            "saw: a writable conf.d refused by an update",
            "saw: stopped and not started with a wrong configuration",
            "saw: removed, data kept",
            "saw: installed again, enabled again",
            "saw: removed without its folder in /etc",
            "saw: a masked service is no failure",
            "saw: purged",
            "saw: purged without a link");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
