package io.sessionbridge.sink.command.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.writers.FileReader;
import io.sessionbridge.sink.command.writers.FileWriters;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.storage.WholeFile;
import io.sessionbridge.testkit.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class RulesFileTest {

  private static final String ONE = "rules:\n- {on: [logon], run: [/bin/true]}\n";
  private static final String TWO = ONE + "- {on: [logoff], run: [/bin/true]}\n";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private final List<RulesFile> open = new ArrayList<>();
  private Path file;
  private Path data;
  private RulesShare share = RulesShare.CHECKED;

  @BeforeEach
  void begin() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    file = Files.createDirectory(folder.resolve("share")).resolve("rules.yaml");
  }

  @AfterEach
  void end() {
    open.forEach(RulesFile::close);
  }

  private RulesFile rules() {
    return rules(WholeFile::read, Set.of(), program -> Optional.empty(), LONG);
  }

  private RulesFile rules(
      FileReader reader,
      Set<String> hidden,
      Function<Program, Optional<String>> missing,
      Duration patience) {
    RulesLoader look =
        new RulesLoader(
            file, new RulesCopy(data, file, share), reader, new RuleCheck(hidden, missing), clock);
    RulesFile made = new RulesFile(file, look, clock, patience);
    open.add(made);
    return made;
  }

  private RulesFile guarded() {
    return rules(
        FileWriters.reader(RulesShare.CHECKED), Set.of(), program -> Optional.empty(), LONG);
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
    Files.setLastModifiedTime(data.resolve("rules.yaml"), FileTime.from(clock.now()));
    Files.delete(file);
    RulesFile restarted = rules();
    clock.advance(Duration.ofMinutes(90));
    assertThat(restarted.now()).hasSize(2);
    assertThat(restarted.check().detail())
        .startsWith("rules_file: " + file + " cannot be read: ")
        .endsWith("; the last valid rules, from 90 min ago, stay in use");
    Files.writeString(file, ONE);
    clock.advance(RulesFile.CACHE);
    assertThat(restarted.now()).hasSize(1);
    assertThat(restarted.check().isUp()).isTrue();
  }

  /** Rules of a share that is no longer trusted, or of another file. */
  @Test
  void usesNoCopyOfAnotherFileOrOfAShareThatWasTrusted() throws Exception {
    Files.writeString(file, ONE);
    share = RulesShare.TRUSTED;
    assertThat(rules().now()).hasSize(1);
    Files.delete(file);
    assertThat(rules().now()).hasSize(1);
    share = RulesShare.CHECKED;
    assertThatThrownBy(() -> rules().now()).isInstanceOf(DeliveryException.class);
    share = RulesShare.TRUSTED;
    file = file.resolveSibling("others.yaml");
    assertThatThrownBy(() -> rules().now()).isInstanceOf(DeliveryException.class);
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
        .contains(
            "rules.yaml:2: rules[0].run must begin with the absolute path of a program, was"
                + " apply.exe")
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
        rules(WholeFile::read, Set.of("users", "clients"), program -> Optional.empty(), LONG);
    assertThatThrownBy(hidden::now)
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "rules_file: "
                + file
                + ":4: rules[2] cannot be evaluated: where.users needs the names of users, which"
                + " privacy hides from this sink");
    Files.writeString(file, TWO);
    clock.advance(RulesFile.CACHE);
    assertThat(hidden.now()).hasSize(2);
  }

  /**
   * Such as run_as: session_user without root: all are reported, and the last rules stay in use.
   */
  @Test
  void aRuleThatCannotRunHereIsAMistakeOfTheFile() throws Exception {
    Files.writeString(file, TWO);
    RulesFile rules =
        rules(
            WholeFile::read,
            Set.of(),
            program ->
                program.runAs() == RunAs.AGENT ? Optional.empty() : Optional.of("takes root"),
            LONG);
    assertThat(rules.now()).hasSize(2);
    String impossible = "- {on: [lock], run: [/opt/a], run_as: session_user}\n";
    Files.writeString(file, ONE + impossible + impossible);
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now()).hasSize(2);
    assertThat(rules.check().detail())
        .contains(":3: rules[1] cannot run here: takes root")
        .contains(":4: rules[2] cannot run here: takes root")
        .endsWith("; the last valid rules, from 0 min ago, stay in use");
  }

  @Test
  void limitsSizeAndCount() throws Exception {
    Files.writeString(file, "rules:\n" + "- {on: [logon], run: [/bin/true]}\n".repeat(201));
    assertThatThrownBy(() -> rules().now()).hasMessageContaining("at most 200 rules, was 201");
    Files.writeString(file, "# " + "x".repeat(RulesText.MAX_BYTES));
    assertThatThrownBy(() -> rules().now()).hasMessageContaining("longer than 256KiB");
    assertThatThrownBy(() -> guarded().now()).hasMessageContaining("longer than 256KiB");
  }

  /** A share that does not answer: a system call may hang for minutes and cannot be interrupted. */
  private static final class HangingShare implements FileReader {
    private volatile @Nullable CountDownLatch hangs;
    private volatile int asked;
    private volatile @Nullable Thread asking;

    void hang() {
      hangs = new CountDownLatch(1);
    }

    void answer() {
      CountDownLatch ended = hangs;
      hangs = null;
      if (ended != null) {
        ended.countDown();
      }
    }

    @Override
    public synchronized byte[] read(Path file, int most) throws IOException {
      asked++;
      asking = Thread.currentThread();
      CountDownLatch hanging = hangs;
      try {
        if (hanging != null && !hanging.await(1, TimeUnit.MINUTES)) {
          throw new IOException("the wait was not ended");
        }
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
      return WholeFile.read(file, most);
    }
  }

  @Test
  void aShareThatHangsHoldsUpNoEvent() throws Exception {
    Files.writeString(file, ONE);
    HangingShare share = new HangingShare();
    RulesFile rules = rules(share, Set.of(), program -> Optional.empty(), Duration.ofMillis(50));
    TestingCommands.await("an answer", () -> size(rules) == 1);
    assertThat(share.asking).isNotSameAs(Thread.currentThread());

    share.hang();
    Files.writeString(file, TWO);
    int before = share.asked;
    clock.advance(RulesFile.CACHE);
    for (int event = 0; event < 100; event++) {
      assertThat(rules.now()).hasSize(1);
    }
    clock.advance(Duration.ofMinutes(2));
    assertThat(rules.now()).hasSize(1);
    assertThat(share.asked).isEqualTo(before + 1);
    assertThat(rules.check().detail())
        .isEqualTo(
            "rules_file: "
                + file
                + " has not answered for 120 s; the last valid rules stay in use");

    RulesFile restarted =
        rules(share, Set.of(), program -> Optional.empty(), Duration.ofMillis(50));
    TestingCommands.await("the copy", () -> size(restarted) == 1);

    share.answer();
    TestingCommands.await("the new rules", () -> size(rules) == 2);
    TestingCommands.await("health", () -> rules.check().isUp());
  }

  private static int size(RulesFile rules) {
    try {
      return rules.now().size();
    } catch (DeliveryException e) {
      return -1;
    }
  }

  @Test
  void reportsAShareThatHangsIfNoRulesAreKnown() throws Exception {
    HangingShare share = new HangingShare();
    share.hang();
    RulesFile rules = rules(share, Set.of(), program -> Optional.empty(), Duration.ofMillis(50));
    assertThatThrownBy(rules::now)
        .isInstanceOf(DeliveryException.class)
        .hasMessage("rules_file: " + file + " has not answered for 0 s");
    share.answer();
  }

  /** A disk of flash is not worn by a file that stays as it is. */
  @Test
  void writesTheCopyOnlyWhenItChanges() throws Exception {
    Files.writeString(file, ONE);
    RulesFile rules = rules();
    assertThat(rules.now()).hasSize(1);
    Path copy = data.resolve("rules.yaml");
    Object written = Files.readAttributes(copy, "unix:ino").get("ino");
    Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH));
    for (int i = 0; i < 5; i++) {
      clock.advance(RulesFile.CACHE);
      assertThat(rules.now()).hasSize(1);
      assertThat(rules().now()).hasSize(1); // nor after a restart
    }
    assertThat(Files.readAttributes(copy, "unix:ino").get("ino")).isEqualTo(written);
    assertThat(Files.getLastModifiedTime(copy).toInstant()).isEqualTo(Instant.EPOCH);
    Files.writeString(file, TWO);
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now()).hasSize(2);
    assertThat(copy).content().endsWith(TWO);
    assertThat(data.toFile().list()).containsExactly("rules.yaml");
  }

  /** Who can write the file, or put another one in its place, runs programs as the agent. */
  @Test
  void refusesWhatOthersMayWrite() throws Exception {
    Files.writeString(file, ONE);
    RulesFile rules = guarded();
    mode(file, "rw-r--r--");
    assertThat(rules.now()).hasSize(1);

    mode(file, "rw-rw-rw-");
    Files.writeString(file, "rules:\n- {on: [logon], run: [/tmp/evil]}\n");
    clock.advance(RulesFile.CACHE);
    assertThat(rules.now().get(0).program().path()).isEqualTo("/bin/true");
    assertThat(rules.check().detail())
        .startsWith("rules_file: refused, other users can modify " + file)
        .contains("the last valid rules");

    Files.delete(data.resolve("rules.yaml"));
    assertThatThrownBy(guarded()::now)
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("rules_file: refused, ");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
