package io.sessionbridge.sink.command.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.sink.command.config.RulesShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class MountTableTest {

  private static final String ROOT = "27 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw";

  private static String type(String place, String... lines) throws IOException {
    return MountTable.of(List.of(lines)).type(Path.of(place));
  }

  private static String line(int id, int parent, String place, String type) {
    return id + " " + parent + " 0:50 / " + place + " rw shared:1 - " + type + " source rw";
  }

  /** The line of the automount stands before that of what it has mounted at the same place. */
  @Test
  void seesTheShareAboveItsAutomount() throws Exception {
    String automount = line(40, 27, "/net/dc", "autofs");
    String share = line(41, 40, "/net/dc", "cifs");
    assertThat(type("/net/dc/rules.yaml", ROOT, automount)).isEqualTo("autofs");
    assertThat(type("/net/dc/rules.yaml", ROOT, automount, share)).isEqualTo("cifs");
    assertThat(type("/net/dc", ROOT, automount, share)).isEqualTo("cifs");
    assertThat(type("/net", ROOT, automount, share)).isEqualTo("ext4");
    assertThat(type("/", ROOT, automount, share)).isEqualTo("ext4");
    assertThat(type("/net/dcs", ROOT, automount, share)).isEqualTo("ext4");
  }

  @Test
  void seesNothingThatAnotherOneHides() throws Exception {
    String inner = line(40, 27, "/srv/rules", "ext4");
    String outer = line(41, 27, "/srv", "cifs");
    assertThat(type("/srv/rules/a", ROOT, inner)).isEqualTo("ext4");
    assertThat(type("/srv/rules/a", ROOT, inner, outer)).isEqualTo("cifs");
  }

  @Test
  void seesTheRootAboveThatOfTheStart() throws Exception {
    assertThat(type("/etc", line(1, 1, "/", "rootfs"), ROOT)).isEqualTo("ext4");
  }

  @Test
  void readsBlanksInNames() throws Exception {
    assertThat(type("/my rules/a", ROOT, line(40, 27, "/my\\040rules", "cifs"))).isEqualTo("cifs");
  }

  @Test
  void doesNotGuess() {
    assertThatThrownBy(() -> type("/etc", line(40, 27, "/srv", "ext4")))
        .isInstanceOf(IOException.class)
        .hasMessage("/proc/self/mountinfo has no mount for it");
    assertThatThrownBy(() -> type("/etc", "27 1 254:1 /"))
        .isInstanceOf(IOException.class)
        .hasMessage("/proc/self/mountinfo has an unexpected line: 27 1 254:1 /");
  }

  @Test
  void whatIsNotKnownIsRefusedAndNotVouchedFor() {
    SyntheticOwners owners =
        new SyntheticOwners(
            RulesShare.TRUSTED,
            place -> {
              throw new IOException("the table is away");
            });
    assertThat(owners.isVouchedFor(Path.of("/srv"))).isFalse();
    assertThat(owners.problem(Path.of("/srv")))
        .contains("cannot determine the file system of /srv: the table is away");
    SyntheticOwners automount = new SyntheticOwners(RulesShare.CHECKED, place -> "autofs");
    assertThat(automount.problem(Path.of("/net"))).isPresent();
  }

  @Test
  void readsTheTableOfThisSystem() throws Exception {
    assertThat(MountTable.ofThisProcess().type(Path.of("/proc/1"))).isEqualTo("proc");
    assertThat(
            SyntheticOwners.ofThisSystem(RulesShare.CHECKED).problem(Path.of("/proc/self/status")))
        .isEqualTo(Optional.empty());
  }
}
