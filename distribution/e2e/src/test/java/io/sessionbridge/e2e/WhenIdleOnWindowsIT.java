package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command when-idle on Windows without an agent. The session is locked and unlocked by posted
 * messages; Wine knows of no input.
 */
@Timeout(600)
class WhenIdleOnWindowsIT {

  private static final int LOCK = 7;
  private static final int UNLOCK = 8;

  @TempDir Path folder;
  private final String mark = UUID.randomUUID().toString();
  private Wine wine;
  private Poster poster;
  private long session;

  @BeforeEach
  void start() throws Exception {
    wine = Wine.emulatedOrSkip();
    poster = wine.poster(folder);
    session = poster.ownSession();
  }

  @AfterEach
  void stop() {
    if (poster != null) {
      poster.close();
    }
  }

  /** A command that starts another one, which does nothing for a long time. */
  private WindowsProgram whenIdle(String... options) throws Exception {
    Files.writeString(
        folder.resolve("work.bat"),
        "@echo off\r\necho begun >>begun-" + mark + ".txt\r\nping -n 5000 127.0.0.1 >NUL\r\n");
    List<String> arguments = new ArrayList<>(List.of("when-idle", "--idle-after", "2s"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", "cmd", "/c", "work.bat", mark));
    return wine.start(folder, arguments.toArray(String[]::new));
  }

  private boolean begun() throws Exception {
    return Files.exists(folder.resolve("begun-" + mark + ".txt"));
  }

  /** How often it began. */
  private long begins() throws Exception {
    return begun() ? Files.readAllLines(folder.resolve("begun-" + mark + ".txt")).size() : 0;
  }

  /** Processes of the command that live; Wine shows them as those of Linux. */
  private static List<String> workers() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ProcessHandle::isAlive)
          .flatMap(handle -> handle.info().commandLine().stream())
          .filter(line -> line.contains("-n 5000 127.0.0.1"))
          .toList();
    }
  }

  @Test
  void runsWhileItsOwnSessionIsLocked() throws Exception {
    try (WindowsProgram program = whenIdle("--restart")) {
      program.awaitErr("no agent runs, so only this session counts: idle is 2 s");
      Await.until(() -> begins() == 1 && !workers().isEmpty());

      poster.post(UNLOCK, session); // of one that was not locked: nothing changes
      poster.post(LOCK, session + 1); // of another session
      poster.post(LOCK, session);
      poster.post(UNLOCK, session);
      program.awaitErr("when-idle: stopping cmd");
      Await.until(() -> workers().isEmpty());

      Await.until(() -> begins() == 2 && !workers().isEmpty()); // 2 s without input after it
      program.kill();
      Await.until(() -> workers().isEmpty()); // the job ends with the program
    }
  }

  @Test
  void suspendsAndGoesOn() throws Exception {
    try (WindowsProgram program = whenIdle("--on-return", "suspend")) {
      Await.until(() -> begins() == 1 && !workers().isEmpty());
      poster.post(LOCK, session);
      poster.post(UNLOCK, session);
      program.awaitErr("when-idle: the host is not idle, suspending cmd");
      program.awaitErr("when-idle: the host is idle, resuming cmd");
      assertThat(workers()).isNotEmpty();
      program.interrupt();
      program.awaitEnd();
      Await.until(() -> workers().isEmpty());
      assertThat(begins()).isEqualTo(1);
    }
  }

  @Test
  void passesTheExitCodeAndTheStreams() throws Exception {
    Files.writeString(folder.resolve("seven.bat"), "@echo out\r\n@exit 7\r\n");
    List<String> arguments =
        List.of("when-idle", "--idle-after", "1s", "--", "cmd", "/c", "seven.bat");
    try (WindowsProgram program = wine.start(folder, arguments.toArray(String[]::new))) {
      program.awaitEnd();
      assertThat(program.out()).as(program.err()).contains("out");
      assertThat(program.exitCode()).isEqualTo(7);
    }
  }
}
