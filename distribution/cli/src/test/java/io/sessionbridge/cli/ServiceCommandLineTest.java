package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of this system")
class ServiceCommandLineTest {

  @Test
  void givesTheServiceTheOptionsOfThisJavaAndItsOwnPlaces() {
    assertThat(
            ServiceCommandLine.of(
                Path.of("/opt/java 17"),
                List.of(
                    "-Xmx96m",
                    "-Dfile.encoding=UTF-8",
                    "-Xrs",
                    "-Djna.tmpdir=/tmp",
                    "-Dsessionbridge.terminal=true",
                    "-Dsessionbridge.home=."),
                Path.of("/opt/session bridge"),
                Path.of("/etc/sb.yaml"),
                Path.of("/var/lib/sb")))
        .containsExactly(
            "/opt/java 17/bin/java.exe",
            "-Xmx96m",
            "-Dfile.encoding=UTF-8",
            "-Xrs",
            "-XX:ErrorFile=/var/lib/sb/log/hs_err_pid%p.log",
            "-Djna.boot.library.path=/var/lib/sb/native",
            "-Djna.nounpack=true",
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
  void printsAUnitWithEveryPathQuoted() {
    assertThat(
            SystemdUnit.text(
                Path.of("/opt/session bridge"), Path.of("/etc/100%.yaml"), Path.of("/var/lib/sb")))
        .contains(
            "ExecStart=\"/opt/session bridge/bin/sessionbridge\" run --config"
                + " \"/etc/100%%.yaml\"\n")
        .contains("ReadWritePaths=\"/var/lib/sb\"\n")
        .contains("RestartPreventExitStatus=78\n");
  }
}
