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
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class WhileSinkTest {

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

  /** What is left over after a thousand changes: nothing. */
  @Test
  void leaksNothingInAThousandFlips() throws Exception {
    WhileSink made = connected("grace: 5s\nrun: [/bin/sleep, 600]\n");
    flip(made, 50);
    long files = openFiles();
    int threads = Thread.activeCount();
    flip(made, 950);
    TestingCommands.await("no more files than before", () -> openFiles() <= files + 3);
    TestingCommands.await("no more threads", () -> Thread.activeCount() <= threads + 2);
    made.close();
    TestingCommands.await(
        "no process is left", () -> ProcessHandle.current().children().findAny().isEmpty());
  }

  private void flip(WhileSink made, int times) {
    for (int i = 0; i < times; i++) {
      long started = commands.count("command_started_total");
      made.show(TestingCommands.activity(State.IDLE));
      TestingCommands.await("a start", () -> commands.count("command_started_total") > started);
      made.show(TestingCommands.activity(State.ACTIVE));
    }
  }

  private static long openFiles() {
    String[] names = new java.io.File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }
}
