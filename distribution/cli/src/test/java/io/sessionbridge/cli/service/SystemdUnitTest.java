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

  /** Systemd replaces variables in arguments, but not in the path of a program. */
  @Test
  void aDollarInAPathIsNoVariable() {
    Path data = folder.resolve("${HOME}");
    Path config = folder.resolve("$x.yaml");
    Path home = Path.of("/opt/$x");
    assertThat(new SystemdUnit(home, config, data, List.of()).text().lines())
        .contains(
            "ExecStart=\"/opt/$x/bin/sessionbridge\" run --config \"" + folder + "/$$x.yaml\"",
            "ExecStartPre=+/bin/mkdir -p -m 0700 \"" + folder + "/$${HOME}\"",
            "ReadWritePaths=\"" + folder + "/${HOME}\"");
  }

  @Test
  void thePackageRunsItAsAUserWithoutAnyRights() {
    assertThat(ofPackage())
        .contains(
            "User=sessionbridge",
            "Group=sessionbridge",
            "CapabilityBoundingSet=",
            "StateDirectory=sessionbridge",
            "SystemCallFilter=~@privileged @resources")
        .noneMatch(line -> line.contains("CAP_"))
        .noneMatch(line -> line.contains("/etc/systemd/system"));
  }

  private static List<String> ofPackage() {
    return SystemdUnit.ofPackage(HOME, CONFIG, Path.of("/var/lib/sessionbridge"), "sessionbridge")
        .text()
        .lines()
        .toList();
  }

  /** Otherwise systemd would ask the commands of a sink before the agent does. */
  @Test
  void theAgentStopsItsCommandsItself() {
    assertThat(lines(Path.of("/var/lib/sessionbridge"))).contains("KillMode=mixed");
    assertThat(ofPackage()).contains("KillMode=mixed");
  }

  @Test
  void systemdJudgesItWell() throws Exception {
    assertThat(judgement(lines(Path.of("/var/lib/sessionbridge")), 30))
        .contains("Overall exposure level for sessionbridge.service: 2.");
  }

  @Test
  void systemdJudgesThePackageBetter() throws Exception {
    assertThat(judgement(ofPackage(), 20))
        .contains("Overall exposure level for sessionbridge.service: 1.");
  }

  /** Fails above the threshold, in tenths. */
  private String judgement(List<String> lines, int threshold) throws Exception {
    RequiredTool.require(Files.isExecutable(ANALYZE), "this machine has no " + ANALYZE);
    Path unit = folder.resolve("sessionbridge.service");
    Files.write(unit, lines);
    Process process =
        new ProcessBuilder(
                ANALYZE.toString(),
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=" + threshold,
                unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
