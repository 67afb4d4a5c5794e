package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control channel of the bundle on Windows: an agent, and programs that ask it by its pipe. */
@Timeout(300)
class ControlOnWindowsIT {

  @TempDir Path folder;

  @Test
  void programsAskTheAgentByItsPipe() throws Exception {
    Wine wine = Wine.orSkip();
    Files.write(
        folder.resolve("c.yaml"),
        List.of(
            "data_dir: data",
            "sources: {windows: {type: wts}}",
            "sinks: {out: {type: file, path: out.jsonl}}"));
    try (Poster poster = wine.poster(folder);
        WindowsProgram agent = wine.start(folder, "run", "--config", "c.yaml")) {
      agent.awaitErr("runs: 1 source,");
      assertThat(agent.err()).contains("control: listening at \\\\.\\pipe\\");
      try (WindowsProgram tap = wine.start(folder, "tap", "-c", "c.yaml", "--kinds", "lock")) {
        tap.awaitErr("press Ctrl+C to stop");
        poster.post(7, 4);
        Await.until(() -> tap.out().contains("lock"));
        assertThat(tap.out()).contains("session 4");
        tap.kill();
      }
      try (WindowsProgram status = wine.start(folder, "status", "-c", "c.yaml")) {
        status.awaitEnd();
        assertThat(status.out())
            .contains("SessionBridge ", "up        source windows", "  out: up to date");
      }
      try (WindowsProgram state = wine.start(folder, "state", "-c", "c.yaml", "--json")) {
        state.awaitEnd();
        assertThat(state.out()).startsWith("{\"time\":").contains("\"activity\":\"");
      }
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("sessionbridge stopped");
    }
    try (WindowsProgram alone = wine.start(folder, "state", "-c", "c.yaml")) {
      alone.awaitEnd();
      assertThat(alone.err()).contains("nobody listens at ", "An agent must run on this machine");
    }
  }

  /** Windows does not tell who a client is before it says something. */
  @Test
  void twoHundredSilentClientsKeepNobodyFromAsking() throws Exception {
    Wine wine = Wine.orSkip();
    String pipe = "\\\\.\\pipe\\sessionbridge-flood";
    Files.write(
        folder.resolve("c.yaml"),
        List.of(
            "data_dir: data",
            "control: {path: '" + pipe + "'}",
            "sources: {windows: {type: wts}}",
            "sinks: {out: {type: file, path: out.jsonl}}"));
    try (WindowsProgram agent = wine.start(folder, "run", "--config", "c.yaml")) {
      agent.awaitErr("control: listening at " + pipe);
      try (WindowsProgram flood = wine.library(folder, List.of(), PipeFlood.class, pipe);
          Poster console = wine.console(folder, List.of())) {
        Await.until(() -> flood.out().contains("FLOODS"));
        for (int i = 0; i < 10; i++) {
          String state = CommandConsole.encoded("state\n--json\n--control\n" + pipe);
          // one that is as slow as the silent ones is hung up on with them, and asks again
          Await.until(() -> CommandConsole.decoded(console.ask(state)).startsWith("{\"time\":"));
        }
      }
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("sessionbridge stopped");
    }
  }
}
