package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineHostTest {

  @TempDir Path root;

  @BeforeEach
  void nameIt() throws Exception {
    write("proc/sys/kernel/hostname", "desk.example.org\n");
  }

  @Test
  void theIdDependsOnTheMachine() throws Exception {
    write("etc/machine-id", "4c4c4544\n");
    MachineHost host = detect(Optional.empty());
    assertThat(UUID.fromString(host.id()).version()).isEqualTo(5);
    assertThat(host.name()).isEqualTo("desk");
    assertThat(host.fqdn()).contains("desk.example.org");
    assertThat(host.domain()).contains("example.org");
    write("proc/sys/kernel/hostname", "renamed\n");
    assertThat(detect(Optional.empty()).id()).isEqualTo(host.id());
    write("etc/machine-id", "other");
    assertThat(detect(Optional.empty()).id()).isNotEqualTo(host.id());
  }

  @Test
  void aConfiguredIdTakesPrecedenceAndANameIsTheFallback() throws Exception {
    assertThat(detect(Optional.of("mine")).id()).isEqualTo("mine");
    String lowerCase = detect(Optional.empty()).id();
    write("proc/sys/kernel/hostname", "DESK\n");
    assertThat(detect(Optional.empty()).id()).isEqualTo(lowerCase);
  }

  @Test
  void theUptimeIsReadOrEmpty() throws Exception {
    write("proc/uptime", "6698.83 12000.11\n");
    assertThat(detect(Optional.empty()).uptimeMillis()).hasValue(6_698_830);
    write("proc/uptime", "soon");
    assertThat(detect(Optional.empty()).uptimeMillis()).isEmpty();
  }

  @Test
  void theBootIdIsReadOrEmpty() throws Exception {
    assertThat(detect(Optional.empty()).bootId()).isEmpty();
    write("proc/sys/kernel/random/boot_id", "1b4e28ba-2fa1-11d2-883f-0016d3cca427\n");
    assertThat(detect(Optional.empty()).bootId()).contains("1b4e28ba-2fa1-11d2-883f-0016d3cca427");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private MachineHost detect(Optional<String> id) {
    return MachineHost.detect(id, Optional.of(new LinuxFacts(root)));
  }
}
