package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.testkit.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class RulesFileTest {

  private static final String ONE = "rules:\n- {on: [logon], run: [/bin/true]}\n";
  private static final String TWO = ONE + "- {on: [logoff], run: [/bin/true]}\n";

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private Path file;
  private Path data;

  @BeforeEach
  void begin() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    file = Files.createDirectory(folder.resolve("share")).resolve("rules.yaml");
  }

  private RulesFile rules() {
    return new RulesFile(file, data, clock, path -> Optional.empty(), Set.of());
  }

  @Test
  void followsTheFileAfterAShortTime() throws Exception {
    Files.writeString(file, ONE);
    RulesFile rules = rules();
    assertThat(rules.now()).hasSize(1);
    Files.writeString(file, TWO);
    assertThat(rules.now()).hasSize(1);
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now()).hasSize(2);
    assertThat(rules.check().isUp()).isTrue();
    Files.writeString(file, "rules: []\n");
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now()).isEmpty();
  }

  @Test
  void keepsTheLastGoodOnesWhileTheShareIsAwayAndAcrossARestart() throws Exception {
    Files.writeString(file, TWO);
    assertThat(rules().now()).hasSize(2);
    Files.delete(file);
    RulesFile restarted = rules();
    clock.advance(Duration.ofMinutes(90));
    assertThat(restarted.now()).hasSize(2);
    assertThat(restarted.check().detail())
        .startsWith("rules_file: " + file + " cannot be read: ")
        .endsWith("; the last good rules of 90 min ago stay");
    Files.writeString(file, ONE);
    clock.advance(RulesFile.CACHE);
    assertThat(restarted.now()).hasSize(1);
    assertThat(restarted.check().isUp()).isTrue();
  }

  @Test
  void tellsAllMistakesWithTheirLines() throws Exception {
    Files.writeString(
        file,
        """
        rules:
        - {on: [logon], run: [apply.exe]}
        - on: [sunrise]
          run: [/bin/echo, '${user}']
        - {on: [logon], while: idle, run: [/bin/true]}
        more: 1
        """);
    assertThatThrownBy(() -> rules().now())
        .isInstanceOf(DeliveryException.class)
        .message()
        .contains("rules.yaml:2: rules[0].run must begin with the absolute path of a program")
        .contains("rules.yaml:3: rules[1].on")
        .contains("rules.yaml:5: rules[2].while")
        .contains("rules.yaml:6: more is unknown; a rules file has the key rules");
  }

  /** Its patterns would be compared with pseudonyms, and the rule would never run. */
  @Test
  void refusesRulesOnNamesThatTheSinkDoesNotGet() throws Exception {
    Files.writeString(
        file, TWO + "- {on: [lock], run: [/opt/apply], where: {users: ['CONTOSO\\*']}}\n");
    RulesFile hidden =
        new RulesFile(file, data, clock, path -> Optional.empty(), Set.of("users", "clients"));
    assertThatThrownBy(hidden::now)
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "rules_file: /opt/apply: where.users needs the names of users, which privacy keeps from"
                + " this sink");
    Files.writeString(file, TWO);
    clock.advance(RulesFile.CACHE);
    assertThat(hidden.now()).hasSize(2);
  }

  @Test
  void limitsSizeAndCount() throws Exception {
    Files.writeString(file, "rules:\n" + "- {on: [logon], run: [/bin/true]}\n".repeat(201));
    assertThatThrownBy(() -> rules().now()).hasMessageContaining("at most 200 rules, was 201");
    Files.writeString(file, "# " + "x".repeat(RulesText.LARGEST));
    assertThatThrownBy(() -> rules().now()).hasMessageContaining("longer than 256KiB");
  }

  /** Who can write the file, or put another one in its place, runs programs as the agent. */
  @Test
  void refusesWhatOthersMayWrite() throws Exception {
    Files.writeString(file, ONE);
    RulesFile rules = new RulesFile(file, data, clock, FileWriters::posix, Set.of());
    Path share = file.getParent();
    mode(file, "rw-r--r--");
    assertThat(FileWriters.posix(file)).isEmpty();
    assertThat(rules.now()).hasSize(1);

    mode(file, "rw-rw-rw-");
    Files.writeString(file, "rules:\n- {on: [logon], run: [/tmp/evil]}\n");
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now().get(0).program().path()).isEqualTo("/bin/true");
    assertThat(rules.check().detail())
        .startsWith("rules_file: refused, others may change " + file)
        .contains("the last good rules");

    mode(file, "rw-r--r--");
    for (String open : new String[] {"rwxrwxrwx", "rwxrwxr-x"}) {
      mode(share, open);
      assertThat(FileWriters.posix(file))
          .hasValueSatisfying(
              text ->
                  assertThat(text)
                      .isEqualTo("others may change " + share + ", run: chmod go-w " + share));
      mode(share, "rwxr-xr-x");
    }
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    assertThat(FileWriters.posix(link)).isEmpty();
    mode(share, "rwxrwxrwx");
    assertThat(FileWriters.posix(link)).isPresent();
    mode(share, "rwxr-xr-x");

    RulesFile fresh =
        new RulesFile(
            file,
            Files.createDirectory(folder.resolve("other")),
            clock,
            FileWriters::posix,
            Set.of());
    mode(file, "rw-rw-rw-");
    assertThatThrownBy(fresh::now)
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("rules_file: refused, ");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
