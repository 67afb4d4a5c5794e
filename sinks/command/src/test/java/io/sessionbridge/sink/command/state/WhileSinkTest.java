package io.sessionbridge.sink.command.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.sink.command.config.WhileRule;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.CountingLauncher;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.testkit.TestingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs. */
@Timeout(600) // also for 1,000 flips
@DisabledOnOs(OS.WINDOWS)
class WhileSinkTest {

  private static final int FLIPS = Integer.getInteger("sessionbridge.command.flips", 20);

  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  @TempDir Path folder;
  private TestingCommands commands;
  private @Nullable WhileSink sink;

  @BeforeEach
  void begin() {
    commands = new TestingCommands(folder);
  }

  @AfterEach
  void end() {
    if (sink != null) {
      sink.close();
    }
  }

  private WhileSink connected(String yaml) throws Exception {
    WhileSink made = commands.follow("while: idle\n" + yaml);
    sink = made;
    made.connect();
    return made;
  }

  private Path pid() {
    return folder.resolve("pid");
  }

  private boolean isAlive() {
    try {
      String text = Files.exists(pid()) ? Files.readString(pid()).strip() : "";
      return !text.isEmpty()
          && ProcessHandle.of(Long.parseLong(text)).filter(ProcessHandle::isAlive).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String worker() {
    return "run: [/bin/sh, -c, 'echo $$ >" + pid() + "; exec sleep 600']\n";
  }

  @Test
  void runsWhileItIsTrueAndEndsWithTheSink() throws Exception {
    WhileSink made = connected(worker());
    made.show(TestingCommands.activity(State.UNKNOWN));
    made.show(TestingCommands.activity(State.ACTIVE));
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the start", this::isAlive);
    made.show(TestingCommands.activity(State.ACTIVE));
    TestingCommands.await("the end", () -> !isAlive());
    Files.delete(pid());
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the second start", this::isAlive);
    made.close();
    assertThat(isAlive()).isFalse();
    assertThat(commands.count("command_started_total")).isEqualTo(2);
    assertThat(commands.count("command_failed_total")).isZero();
  }

  @Test
  void killsWhatIgnoresTheStop() throws Exception {
    WhileSink made =
        connected(
            "grace: 200ms\nrun: [/bin/sh, -c, 'trap \"\" TERM; echo $$ >"
                + pid()
                + "; while :; do sleep 1; done']\n");
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the start", this::isAlive);
    made.show(TestingCommands.activity(State.ACTIVE));
    TestingCommands.await("the end", () -> !isAlive());
  }

  @Test
  void standsStillAndGoesOn() throws Exception {
    WhileSink made = connected("on_return: suspend\n" + worker());
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the start", this::isAlive);
    made.show(TestingCommands.activity(State.ACTIVE));
    TestingCommands.await("the suspension", () -> state() == 'T');
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("that it goes on", () -> state() == 'S');
  }

  private char state() {
    try {
      String stat = Files.readString(Path.of("/proc/" + Files.readString(pid()).strip() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsWhatFailsAndStartsItAgain() throws Exception {
    Path out = folder.resolve("out");
    WhileSink made =
        connected(
            "restart: failure\nrestart_delay: 100ms\nrun: [/bin/sh, -c, 'echo x >>"
                + out
                + "; echo no licence; exit 4']\n");
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("three starts", () -> commands.count("command_failed_total") >= 3);
    assertThat(made.check())
        .hasToString("DEGRADED: run: the command ended with exit code 4: no licence");
  }

  /** As a render worker that gives its frame back: it takes a moment. */
  @Test
  void letsTheCommandEndInOrderWhenTheAgentCloses() throws Exception {
    Path done = folder.resolve("done");
    WhileSink made =
        connected(
            "run: [/bin/sh, -c, 'trap \"sleep 0.3; echo done >"
                + done
                + "; exit 0\" TERM; echo $$ >"
                + pid()
                + "; while :; do sleep 0.1; done']\n");
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the start", this::isAlive);
    made.close();
    assertThat(done).hasContent("done\n");
    assertThat(isAlive()).isFalse();
    assertThat(commands.gauge("command_running")).isZero();
  }

  private WhileSink stubborn(Duration closeTime) throws Exception {
    WhileRule rule =
        commands
            .config(
                "while: idle\ngrace: 30s\nrun: [/bin/sh, -c, 'trap \"\" TERM; echo $$ >"
                    + pid()
                    + "; while :; do sleep 0.1; done']\n")
            .whileRule()
            .orElseThrow();
    WhileSink made = follow(rule, TestingCommands::systemLauncher, closeTime);
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the start", this::isAlive);
    return made;
  }

  private WhileSink follow(WhileRule rule, Supplier<Launcher> launchers, Duration closeTime)
      throws Exception {
    WhileSink made =
        new WhileSink(
            rule,
            launchers,
            new CommandMetrics(commands.context().metrics()),
            commands.context().clock(),
            closeTime);
    sink = made;
    made.connect();
    return made;
  }

  @Test
  void killsAtItsCloseWhatDoesNotEndWithinTheAgentsTime() throws Exception {
    WhileSink made = stubborn(Duration.ofSeconds(2));
    long before = System.nanoTime();
    made.close();
    assertThat(isAlive()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
  }

  /** The agent's time is over earlier than was promised. */
  @Test
  void anInterruptEndsTheGraceOfAClose() throws Exception {
    WhileSink made = stubborn(Duration.ofMinutes(10));
    Thread closing = new Thread(made::close, "closing");
    closing.start();
    TestingCommands.await("that it waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
    closing.interrupt();
    closing.join(30_000);
    assertThat(closing.isAlive()).isFalse();
    assertThat(isAlive()).isFalse();
  }

  private WhileRule sleeping(String more) {
    return commands
        .config("while: idle\n" + more + "run: [/bin/sleep, 600]\n")
        .whileRule()
        .orElseThrow();
  }

  @Test
  void doesNotStartWhileProcessesOfTheLastRunLive() throws Exception {
    CountingLauncher launcher = new CountingLauncher();
    launcher.surviveKills(1);
    WhileSink made = follow(sleeping("restart: always\n"), () -> launcher, CLOSE_TIME);
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 1);
    launcher.endLast(0);
    TestingCommands.await("the health", () -> !made.check().isUp());
    assertThat(made.check())
        .hasToString(
            "DEGRADED: cannot end the processes 4711; the command is not started again until they"
                + " have ended");
    made.show(TestingCommands.activity(State.ACTIVE));
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the next kill", () -> launcher.killed() >= 2);
    TestingCommands.await("a start after it", () -> launcher.started() == 2);
    assertThat(made.check().isUp()).isTrue();
    assertThat(launcher.asked()).startsWith("start", "kill", "kill", "start");
  }

  /** It would stand still for ever. */
  @Test
  void goesOnAfterAReleaseThatFailed() throws Exception {
    TestingClock clock = new TestingClock();
    CountingLauncher launcher = new CountingLauncher();
    WhileSink made =
        new WhileSink(
            sleeping("on_return: suspend\n"),
            () -> launcher,
            new CommandMetrics(commands.context().metrics()),
            clock,
            CLOSE_TIME);
    sink = made;
    made.connect();
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 1);
    launcher.failReleases(1);
    made.show(TestingCommands.activity(State.ACTIVE));
    TestingCommands.await("the hold", () -> launcher.asked().contains("suspend"));
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("the health", () -> !made.check().isUp());
    assertThat(made.check())
        .hasToString("DEGRADED: the command cannot be resumed, retrying: kill ended with 1");
    clock.advance(WhileStateMachine.RELEASE_AGAIN);
    made.show(TestingCommands.activity(State.IDLE)); // a turn
    TestingCommands.await("the release", () -> made.check().isUp());
    assertThat(launcher.asked()).containsExactly("start", "suspend", "resume", "resume");
  }

  /** The condition ended and came again while what the command had left was ended. */
  @Test
  void startsAgainAfterAnEndOfTheConditionThatWasShort() throws Exception {
    CountingLauncher launcher = new CountingLauncher();
    WhileSink made = follow(sleeping(""), () -> launcher, CLOSE_TIME);
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 1);
    CountDownLatch busy = launcher.holdNextKill();
    launcher.endLast(0);
    TestingCommands.await("the kill", () -> launcher.killed() == 1);
    made.show(TestingCommands.activity(State.ACTIVE));
    made.show(TestingCommands.activity(State.IDLE));
    busy.countDown();
    TestingCommands.await("a second start", () -> launcher.started() == 2);
  }

  /** The thread was busy meanwhile; what is no longer true starts and stops nothing. */
  @Test
  void actsOnTheNewestStateOnly() throws Exception {
    CountingLauncher launcher = new CountingLauncher();
    WhileSink made = follow(sleeping(""), () -> launcher, CLOSE_TIME);
    CountDownLatch busy = launcher.holdNextKill();
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 1);
    made.show(TestingCommands.activity(State.ACTIVE));
    TestingCommands.await("the kill", () -> launcher.killed() == 1);
    for (int i = 0; i < 100; i++) {
      made.show(TestingCommands.activity(State.IDLE));
      made.show(TestingCommands.activity(State.ACTIVE));
    }
    busy.countDown();
    made.show(TestingCommands.activity(State.ACTIVE));
    made.close(); // after all changes
    assertThat(launcher.started()).isEqualTo(1);
  }

  @Test
  void isWellAgainAfterARunThatLasted() throws Exception {
    TestingClock clock = new TestingClock();
    CountingLauncher launcher = new CountingLauncher();
    WhileSink made =
        new WhileSink(
            sleeping("restart: failure\nrestart_delay: 100ms\n"),
            () -> launcher,
            new CommandMetrics(commands.context().metrics()),
            clock,
            CLOSE_TIME);
    sink = made;
    made.connect();
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 1);
    launcher.endLast(4);
    TestingCommands.await("the health", () -> !made.check().isUp());
    assertThat(made.check()).hasToString("DEGRADED: run: the command ended with exit code 4");
    clock.advance(Duration.ofSeconds(1));
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("a start", () -> launcher.started() == 2);
    assertThat(made.check().isUp()).isFalse();
    clock.advance(WhileStateMachine.RAN_WELL);
    made.show(TestingCommands.activity(State.IDLE));
    TestingCommands.await("that it is well", () -> made.check().isUp());
  }

  /** What a thousand changes start, they end: the sink's part, with programs that are none. */
  @Test
  void leaksNothingInAThousandFlips() throws Exception {
    CountingLauncher launcher = new CountingLauncher();
    WhileSink made = follow(sleeping(""), () -> launcher, CLOSE_TIME);
    for (int i = 1; i <= 1000; i++) {
      int flips = i;
      made.show(TestingCommands.activity(State.IDLE));
      TestingCommands.await("a start", () -> launcher.started() == flips);
      made.show(TestingCommands.activity(State.ACTIVE));
      TestingCommands.await("its end", () -> launcher.killed() == flips);
    }
    made.close();
    assertThat(launcher.mostLive()).isEqualTo(1);
    assertThat(launcher.programsClosed()).isEqualTo(1000);
    assertThat(launcher.isClosed()).isTrue();
    assertThat(commands.gauge("command_running")).isZero();
  }

  /** The system's part. A night has 1,000: {@code -Dsessionbridge.command.flips=1000}. */
  @Test
  void leaksNoProgramThreadOrFile() throws Exception {
    WhileSink made = connected("grace: 5s\nrun: [/bin/sleep, '600.25']\n");
    flip(made, 3);
    long files = openFiles();
    long threads = threads();
    flip(made, FLIPS);
    TestingCommands.await("no more files than before", () -> openFiles() <= files);
    TestingCommands.await("no more threads", () -> threads() <= threads);
    assertThat(commands.count("command_started_total")).isEqualTo(3 + FLIPS);
    made.close();
    TestingCommands.await("no thread is left", () -> threads() == 0);
    assertThat(sleeping()).isZero();
  }

  /**
   * Waits for the sink's counts, too. While a program takes the place of its launcher, its command
   * line can be empty, so that it looks ended before the sink has started it.
   */
  private void flip(WhileSink made, int times) {
    for (int i = 0; i < times; i++) {
      long starts = commands.count("command_started_total") + 1;
      made.show(TestingCommands.activity(State.IDLE));
      TestingCommands.await(
          "a start", () -> commands.count("command_started_total") == starts && sleeping() == 1);
      made.show(TestingCommands.activity(State.ACTIVE));
      TestingCommands.await(
          "its end", () -> commands.gauge("command_running") == 0 && sleeping() == 0);
    }
  }

  private static long sleeping() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").endsWith("sleep 600.25"))
        .count();
  }

  /** Of the sink: the thread of the watch, and those that read what programs print. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("command-"))
        .count();
  }

  private static long openFiles() {
    String[] names = new java.io.File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }
}
