package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.HostActivity.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(made.check()).hasToString("DEGRADED: run: the command ended with 4: no licence");
  }

  /** What a thousand changes start, they end: the sink's part, with programs that are none. */
  @Test
  void leaksNothingInAThousandFlips() throws Exception {
    CountingLauncher launcher = new CountingLauncher();
    WhileRule rule =
        commands.config("while: idle\nrun: [/bin/sleep, 600]\n").whileRule().orElseThrow();
    WhileSink made =
        new WhileSink(
            rule,
            () -> launcher,
            new CommandMetrics(commands.context().metrics()),
            commands.context().clock());
    sink = made;
    made.connect();
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

  private static void flip(WhileSink made, int times) {
    for (int i = 0; i < times; i++) {
      made.show(TestingCommands.activity(State.IDLE));
      TestingCommands.await("a start", () -> sleeping() == 1);
      made.show(TestingCommands.activity(State.ACTIVE));
      TestingCommands.await("its end", () -> sleeping() == 0);
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
