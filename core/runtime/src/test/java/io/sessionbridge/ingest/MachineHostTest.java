package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineHostTest {

  @TempDir Path folder;

  @Test
  void theIdFollowsTheMachine() throws Exception {
    Path machineId = Files.writeString(folder.resolve("id"), "4c4c4544\n");
    MachineHost host = detect(Optional.empty(), "desk.example.org", machineId);
    assertThat(UUID.fromString(host.id()).version()).isEqualTo(5);
    assertThat(host.id()).isEqualTo(detect(Optional.empty(), "renamed", machineId).id());
    Files.writeString(machineId, "other");
    assertThat(host.id()).isNotEqualTo(detect(Optional.empty(), "desk", machineId).id());
    assertThat(host.name()).isEqualTo("desk");
    assertThat(host.fqdn()).contains("desk.example.org");
    assertThat(host.domain()).contains("example.org");
  }

  @Test
  void aConfiguredIdWinsAndANameIsTheLastResort() {
    Path nothing = folder.resolve("none");
    assertThat(detect(Optional.of("mine"), "desk", nothing).id()).isEqualTo("mine");
    assertThat(detect(Optional.empty(), "DESK", nothing).id())
        .isEqualTo(detect(Optional.empty(), "desk", nothing).id());
  }

  @Test
  void theUptimeIsReadOrUnknown() throws Exception {
    Path uptime = Files.writeString(folder.resolve("uptime"), "6698.83 12000.11\n");
    MachineHost host = MachineHost.detect(Optional.of("x"), "desk", List.of(), Optional.of(uptime));
    assertThat(host.uptimeMillis()).hasValue(6_698_830);
    Files.writeString(uptime, "soon");
    assertThat(host.uptimeMillis()).isEmpty();
  }

  private MachineHost detect(Optional<String> id, String name, Path machineId) {
    return MachineHost.detect(id, name, List.of(machineId), Optional.empty());
  }
}
