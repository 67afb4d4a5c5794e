package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real agent whose sink runs real commands. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class CommandSinkTest {

  @TempDir Path folder;
  private final List<Process> agents = new ArrayList<>();

  @AfterEach
  void killAgents() {
    agents.forEach(Process::destroyForcibly);
  }

  private Process agent(String sinks) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommandAgent.class.getName(),
                folder.toString(),
                sinks)
            .redirectError(folder.resolve("agent.err").toFile())
            .start();
    agents.add(process);
    return process;
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static void send(Process process, String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isAlive(Path file) {
    String pid = text(file);
    return !pid.isEmpty() && Program.runs(Long.parseLong(pid));
  }

  /** Once alone, and once with a grandchild in a session of its own that ignores SIGTERM. */
  @Test
  void leavesNothingWhenTheAgentIsKilledAndStartsItAgain() throws Exception {
    Path worker = folder.resolve("worker.pid");
    Path grandchild = folder.resolve("grandchild.pid");
    Path starts = folder.resolve("starts");
    Path script = folder.resolve("worker.sh");
    Files.writeString(
        script,
        """
        (setsid sh -c 'trap "" TERM; echo $$ >%2$s; while :; do sleep 1; done' &)
        echo x >>%3$s
        echo $$ >%1$s
        exec sleep 600
        """
            .formatted(worker, grandchild, starts));
    String sinks = "render: {type: command, while: idle, run: [/bin/sh, '" + script + "']}";
    Process agent = agent(sinks);
    assertThat(lines(agent).readLine()).isEqualTo("started");
    Program.await("the tree runs", () -> isAlive(worker) && isAlive(grandchild));
    long before = System.nanoTime();
    agent.destroyForcibly().waitFor();
    Program.await("the tree has ended", () -> !isAlive(worker) && !isAlive(grandchild));
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    System.out.println("kill -9 of the agent to the end of its worker: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(20));

    Process again = agent(sinks);
    assertThat(lines(again).readLine()).isEqualTo("started");
    Program.await("it runs again", () -> isAlive(worker) && isAlive(grandchild));
    assertThat(text(starts)).isEqualTo("x\nx");
    again.getOutputStream().close();
    assertThat(again.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(isAlive(worker)).isFalse();
    assertThat(isAlive(grandchild)).isFalse();
  }

  @Test
  void asksTheCommandToEndWhenAUserReturns() throws Exception {
    Path started = folder.resolve("started");
    Path stopped = folder.resolve("stopped");
    Path script = folder.resolve("worker.sh");
    Files.writeString(
        script,
        """
        trap 'date +%%s%%N >%2$s.part; mv %2$s.part %2$s; exit 0' TERM
        echo x >>%1$s
        while :; do sleep 0.01; done
        """
            .formatted(started, stopped));
    Process agent = agent("render: {type: command, while: idle, run: [/bin/sh, '" + script + "']}");
    BufferedReader lines = lines(agent);
    assertThat(lines.readLine()).isEqualTo("started");
    Program.await("it runs", () -> text(started).equals("x"));
    send(agent, "comes");
    Instant sent = Instant.parse(lines.readLine());
    Program.await("it was asked to end", () -> !text(stopped).isEmpty());
    Duration took = Duration.between(sent, Instant.EPOCH.plusNanos(Long.parseLong(text(stopped))));
    System.out.println("user returns to stop sent: " + took.toMillis() + " ms");
    assertThat(took).isBetween(Duration.ZERO, Duration.ofSeconds(20));
    send(agent, "goes");
    assertThat(lines.readLine()).isNotNull();
    Program.await("it runs again", () -> text(started).equals("x\nx"));
  }

  @Test
  void runsACommandForEachLogon() throws Exception {
    Path out = folder.resolve("out");
    Path script = folder.resolve("logon.sh");
    Files.writeString(
        script, "[ \"$1\" = \"$SESSIONBRIDGE_USER_NAME\" ] && echo \"$2 $#\" >>" + out + "\n");
    Process agent =
        agent(
            "welcome: {type: command, on: [logon, logoff], run: [/bin/sh, '"
                + script
                + "', '${user_name}', '${kind}']}");
    BufferedReader lines = lines(agent);
    assertThat(lines.readLine()).isEqualTo("started");
    send(agent, "comes");
    assertThat(lines.readLine()).isNotNull();
    send(agent, "goes");
    Program.await("both ran", () -> text(out).equals("logon 2\nlogoff 2"));
  }
}
