package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs against a real agent, with real commands. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class WhenIdleTest {

  @TempDir Path folder;
  private IdleAgent agent;

  @BeforeEach
  void startAgent() throws Exception {
    agent = new IdleAgent(folder);
    agent.start();
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  private Program program(String command, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, "--config", agent.config().toString()));
    all.addAll(List.of(arguments));
    return Program.start(folder, all);
  }

  private Program whenIdle(List<String> options, String script) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--", "/bin/sh", "-c", script));
    return program("when-idle", all.toArray(String[]::new));
  }

  private static boolean isAlive(Path file) {
    try {
      String pid = Files.readString(file).strip();
      return !pid.isEmpty() && Program.runs(Long.parseLong(pid));
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void passesOutputAndExitCode() throws Exception {
    try (Program program = whenIdle(List.of(), "echo out; echo err >&2; exit 7")) {
      assertThat(program.exitCode()).isEqualTo(7);
      assertThat(program.out()).isEqualTo("out\n");
      assertThat(program.err())
          .contains("err\n", "when-idle: the host is idle, starting /bin/sh\n");
    }
    try (Program program = program("when-idle", "--", "/nonexistent/program")) {
      assertThat(program.exitCode()).isEqualTo(127);
    }
  }

  /** The shell ignores SIGTERM and leaves a child that outlives it. */
  @Test
  void stopsTheWholeTreeWhenAUserReturns() throws Exception {
    Path shell = folder.resolve("shell.pid");
    Path orphan = folder.resolve("orphan.pid");
    String script =
        "trap '' TERM; (trap '' TERM; setsid sh -c 'trap \"\" TERM; echo $$ >"
            + orphan
            + "; while :; do sleep 1; done' &) ; echo $$ >"
            + shell
            + "; while :; do sleep 1; done";
    try (Program program = whenIdle(List.of("--grace", "500ms"), script)) {
      Program.await("the tree runs", () -> isAlive(shell) && isAlive(orphan));
      long before = System.nanoTime();
      agent.userComes();
      Program.await("it was asked", () -> printed(program, "stopping /bin/sh"));
      Duration asked = Duration.ofNanos(System.nanoTime() - before);
      assertThat(program.exitCode()).isEqualTo(137);
      assertThat(isAlive(shell)).isFalse();
      assertThat(isAlive(orphan)).isFalse();
      assertThat(asked).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static boolean printed(Program program, String text) {
    try {
      return program.err().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void startsAgainAndOutlastsARestartOfTheAgent() throws Exception {
    Path runs = folder.resolve("runs");
    String script = "echo run >>" + runs + "; sleep 600";
    try (Program program = whenIdle(List.of("--restart"), script)) {
      Program.await("it runs", () -> text(runs).equals("run\n"));
      agent.userComes();
      Program.await("it stops", () -> printed(program, "stopping"));
      agent.userGoes();
      Program.await("it runs again", () -> text(runs).equals("run\nrun\n"));
      agent.stop();
      agent.start();
      TimeUnit.SECONDS.sleep(2); // within 500 ms it has found the agent again
      assertThat(stops(program)).isEqualTo(1);
      agent.userComes();
      Program.await("it stops again", () -> stops(program) == 2);
      agent.userGoes();
      Program.await("it runs again", () -> text(runs).equals("run\nrun\nrun\n"));
      program.interrupt();
      assertThat(program.exitCode()).isEqualTo(143);
    }
  }

  private static long stops(Program program) {
    try {
      return program.err().lines().filter(line -> line.contains("when-idle: stopping")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void suspendsAndResumes() throws Exception {
    Path ticks = folder.resolve("ticks");
    String script = "while :; do echo t >>" + ticks + "; sleep 0.05; done";
    try (Program program = whenIdle(List.of("--on-return", "suspend"), script)) {
      Program.await("it runs", () -> !text(ticks).isEmpty());
      agent.userComes();
      Program.await("it says so", () -> printed(program, "suspending"));
      Program.await("it stands still", () -> standsStill(ticks));
      agent.tell(Kind.LOCK);
      int before = text(ticks).length();
      Program.await("it goes on", () -> text(ticks).length() > before);
      program.interrupt();
      assertThat(program.exitCode()).isEqualTo(143);
    }
  }

  private static boolean standsStill(Path ticks) {
    int before = text(ticks).length();
    try {
      TimeUnit.MILLISECONDS.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text(ticks).length() == before;
  }

  @Test
  void theSecondInterruptKills() throws Exception {
    Path shell = folder.resolve("shell.pid");
    String script = "trap '' TERM INT; echo $$ >" + shell + "; while :; do sleep 1; done";
    try (Program program = whenIdle(List.of(), script)) {
      Program.await("it runs", () -> isAlive(shell));
      program.interrupt();
      Program.await("it was asked", () -> printed(program, "stopping"));
      assertThat(isAlive(shell)).isTrue();
      program.interrupt();
      assertThat(program.exitCode()).isEqualTo(137);
      assertThat(isAlive(shell)).isFalse();
    }
  }

  @Test
  void printsTheStateAndWaitsForOne() throws Exception {
    try (Program program = program("state", "--wait", "nobody", "--timeout", "30s")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("no user is logged on");
    }
    try (Program program = program("state", "--wait", "idle")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).startsWith("idle for ");
    }
    try (Program program = program("state", "--wait", "active", "--timeout", "200ms")) {
      assertThat(program.exitCode()).isEqualTo(4);
      assertThat(program.err()).isEqualTo("sessionbridge: not active before the timeout\n");
    }
    try (Program program = program("state", "--timeout", "200ms")) {
      assertThat(program.exitCode()).isNotZero();
      assertThat(program.err()).contains("--timeout needs --wait");
    }
    agent.userComes();
    try (Program program = whenIdle(List.of(), "true")) {
      Program.await("it says why it waits", () -> printed(program, "nothing starts until it does"));
      assertThat(program.err())
          .contains("the agent does not know whether the host is idle (a session is or may be");
      program.interrupt();
    }
    try (Program program = program("state", "--wait", "idle", "--timeout", "2s")) {
      assertThat(program.exitCode()).isEqualTo(5);
      assertThat(program.err())
          .startsWith("sessionbridge: idle is unknown: a session is or may be in use");
    }
    try (Program program = program("state", "--json")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).startsWith("{\"time\":").contains("\"activity\":\"unknown\"");
    }
  }

  @Test
  void showsStatusAndEventsWithoutWhatSteersATerminal() throws Exception {
    agent.userComes();
    try (Program tap = program("tap", "--kinds", "lock");
        Program json = program("tap", "--json", "--sink", "out", "--kinds", "lock")) {
      Program.await(
          "it listens",
          () -> printed(tap, "press Ctrl+C to stop") && printed(json, "press Ctrl+C to stop"));
      agent.tell(Kind.LOCK);
      Program.await("it shows the event", () -> shows(tap, "lock") && shows(json, "lock"));
      assertThat(tap.out()).contains("session 2  kim", "  on ").doesNotContain("\u001b", "\u009b");
      assertThat(json.out()).contains("\"kind\":\"lock\"").doesNotContain("\u001b", "\u009b");
      tap.interrupt();
      assertThat(tap.exitCode()).isIn(0, 130);
    }
    try (Program status = program("status")) {
      assertThat(status.exitCode()).isZero();
      assertThat(status.out())
          .contains("SessionBridge ", "  up        journal", "  up        source live", "Host:   ")
          .contains("  out: up to date, ", "Sessions: 1", "Last event: ")
          .doesNotContain("\u001b", "\u009b");
    }
    for (String command : List.of("status", "state")) {
      try (Program json = program(command, "--json")) {
        assertThat(json.exitCode()).isZero();
        assertThat(json.out()).contains("\"user_name\":\"kim").doesNotContain("\u001b", "\u009b");
      }
    }
  }

  @Test
  void saysThatAnAgentIsNeeded() throws Exception {
    agent.stop();
    try (Program program = whenIdle(List.of(), "true")) {
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.err())
          .startsWith("sessionbridge: no agent listens at ")
          .contains("An agent must run on this machine");
    }
  }

  private static boolean shows(Program program, String text) {
    try {
      return program.out().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
