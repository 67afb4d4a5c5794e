package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class SystemdUnitTest {

  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Path HOME = Path.of("/opt/sessionbridge");
  private static final Path CONFIG = Path.of("/etc/sessionbridge/sessionbridge.yaml");

  @TempDir Path folder;

  private static List<String> lines(Path dataDir, Path... files) {
    return new SystemdUnit(HOME, CONFIG, dataDir, List.of(files)).text().lines().toList();
  }

  @Test
  void systemdMakesTheUsualDataDirectory() {
    assertThat(lines(Path.of("/var/lib/sessionbridge")))
        .contains(
            "ExecStart=\"/opt/sessionbridge/bin/sessionbridge\" run --config"
                + " \"/etc/sessionbridge/sessionbridge.yaml\"",
            "StateDirectory=sessionbridge",
            "StateDirectoryMode=0700",
            "UMask=0077",
            "Restart=on-failure",
            "RestartPreventExitStatus=78",
            "ReadWritePaths=\"/var/lib/sessionbridge\"")
        .noneMatch(line -> line.startsWith("ExecStartPre="));
  }

  @Test
  void whatTheConfigurationWritesIsWritable() throws Exception {
    Path data = folder.resolve("100% data");
    Path logs = Files.createDirectory(folder.resolve("logs"));
    String escaped = "\"" + folder + "/100%% data\"";
    assertThat(lines(data, logs.resolve("audit.jsonl"), logs.resolve("all.jsonl")))
        .contains(
            "ExecStartPre=+/bin/mkdir -p -m 0700 " + escaped,
            "ReadWritePaths=" + escaped + " \"" + logs + "\"")
        .noneMatch(line -> line.startsWith("StateDirectory"));
  }

  @Test
  void systemdJudgesItWell() throws Exception {
    RequiredTool.require(Files.isExecutable(ANALYZE), "this machine has no " + ANALYZE);
    Path unit = folder.resolve("sessionbridge.service");
    Files.write(unit, lines(Path.of("/var/lib/sessionbridge")));
    Process process =
        new ProcessBuilder(
                ANALYZE.toString(),
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=30",
                unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("Overall exposure level for sessionbridge.service: 2.");
  }
}
