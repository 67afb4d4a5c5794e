package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of this system")
class ServiceCommandLineTest {

  private static ServiceCommandLine commandLine(boolean allowWritable) {
    return new ServiceCommandLine(
        Path.of("/opt/java 17"),
        List.of("-Xmx96m", "-Dfile.encoding=UTF-8"),
        Path.of("/opt/session bridge"),
        Path.of("/etc/sb.yaml"),
        Path.of("/var/lib/sb"),
        allowWritable);
  }

  @Test
  void givesTheServiceItsOptionsAndItsOwnPlaces() {
    assertThat(commandLine(false).command())
        .containsExactly(
            "/opt/java 17/bin/java.exe",
            "-Xmx96m",
            "-Dfile.encoding=UTF-8",
            "-Xrs",
            "-XX:ErrorFile=/var/lib/sb/log/hs_err_pid%p.log",
            "-Dsessionbridge.data=/var/lib/sb",
            "-Dsessionbridge.home=/opt/session bridge",
            "-cp",
            "/opt/session bridge/lib/*;/opt/session bridge/plugins/*",
            "io.sessionbridge.cli.Main",
            "service",
            "run",
            "--config",
            "/etc/sb.yaml");
  }

  @Test
  void aServiceThatOthersMayChangeIsToldSo() {
    assertThat(commandLine(true).command())
        .endsWith("run", "--config", "/etc/sb.yaml", "--allow-writable");
  }

  @Test
  void printsAUnitWithEveryPathQuoted() {
    assertThat(
            new SystemdUnit(
                    Path.of("/opt/session bridge"),
                    Path.of("/etc/100%.yaml"),
                    Path.of("/var/lib/sb"),
                    List.of())
                .text())
        .contains(
            "ExecStart=\"/opt/session bridge/bin/sessionbridge\" run --config"
                + " \"/etc/100%%.yaml\"\n")
        .contains("ReadWritePaths=\"/var/lib/sb\"\n")
        .contains("RestartPreventExitStatus=78\n");
  }
}
