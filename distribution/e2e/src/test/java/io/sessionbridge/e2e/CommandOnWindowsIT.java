package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.TestingSessions.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink {@code command} in a Windows service, with programs of Windows. A service of Wine is an
 * ordinary user, so a command of a session's user is refused; the unit tests of the Windows library
 * start one with the token that Wine gives. Under Wine every program belongs to that user, so the
 * guard of programs has nothing to judge by.
 */
@Timeout(300)
class CommandOnWindowsIT {

  /** A name that a shell would read; Windows allows the most of it. */
  private static final String EVIL = "k&calc%PATH%\"^|x";

  private static final Instant LOGON = Instant.parse("2026-11-29T06:30:00Z");
  private static final Session USER = new Session(2, false, LOGON, "CONTOSO", "kim");
  private static final Session GUEST = new Session(3, false, LOGON, "CONTOSO", EVIL);
  private static final int IDLE = 4999;
  private static final int LOCKED = 4996;
  private static final String PRESENCE = "1d8a6e7827b44443920709e70bdcbea904000000";
  private static final String PRESENT = "send 13 32787 " + PRESENCE + "00000000";
  private static final String ABSENT = "send 13 32787 " + PRESENCE + "02000000";
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private TestingSessions sessions;
  private ServiceHook hook;

  @BeforeEach
  void prepare() throws Exception {
    wine = Wine.emulatedOrSkip();
    folder = Files.createDirectories(root.resolve("agent"));
    sessions = TestingSessions.in(root, wine);
    sessions.are(USER);
    hook = ServiceHook.orSkip(root.resolve("hook"));
    String java = wine.windowsJava();
    String classes = Wine.windowsPath(Path.of("target/test-classes").toAbsolutePath());
    String writer = "'" + java + "', -cp, '" + classes + "', " + ArgumentWriter.class.getName();
    Files.write(
        folder.resolve("c.yaml"),
        List.of(
            "data_dir: data",
            "sessions: {idle_after: 1m}", // the least there is
            "sources: {windows: {type: wts}, service: {type: scm}}",
            "sinks:",
            "  out: {type: file, path: out.jsonl}",
            worker("idle", 4999),
            worker("locked", 4996),
            "  agent: {type: command, on: [logon], timeout: 1m, allow_writable_program: true, run:"
                + " ["
                + writer
                + ", "
                + out("agent")
                + ", '& calc', '%PATH%', '\"', \"a\\nb\", 'b\\', '${user_name}']}",
            "  user: {type: command, on: [logon], run_as: session_user, timeout: 1m,"
                + " allow_writable_program: true,"
                + " run: ["
                + writer
                + ", "
                + out("user")
                + ", '${user_name}']}"));
  }

  /** A batch file that starts a program and then waits for another one. */
  private String worker(String word, int number) throws IOException {
    Path batch =
        Files.writeString(
            folder.resolve(word + ".bat"),
            "@echo off\r\nstart /b ping -n %d 127.0.0.1 >NUL\r\nping -n %d 127.0.0.1 >NUL\r\n"
                .formatted(number, number + 1));
    return "  %s: {type: command, while: %s, grace: 20s, allow_writable_program: true, run: ['C:\\windows\\system32\\cmd.exe', /c, '%s']}"
        .formatted(word, word, Wine.windowsPath(batch));
  }

  private String out(String name) {
    return "'" + Wine.windowsPath(folder.resolve(name + ".txt")) + "'";
  }

  private String written(String name) throws IOException {
    Path file = folder.resolve(name + ".txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** The children of the worker; Wine shows them as those of Linux. */
  private static long pings(int number) {
    return processes("127.0.0.1")
        .filter(
            line ->
                line.contains("-n " + number + " ") || line.contains("-n " + (number + 1) + " "))
        .count();
  }

  private static Stream<String> processes(String part) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().commandLine().stream())
        .filter(line -> line.contains(part));
  }

  private ProcessHandle agent() {
    String own = root.getFileName().toString();
    return ProcessHandle.allProcesses()
        .filter(
            handle ->
                handle
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(own) && line.contains("service run"))
                    .isPresent())
        .findFirst()
        .orElseThrow();
  }

  private boolean knows(String kind) throws IOException {
    Path file = folder.resolve("out.jsonl");
    return Files.exists(file)
        && Files.readAllLines(file).stream()
            .anyMatch(line -> line.contains("\"kind\":\"" + kind + "\""));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("data/log/sessionbridge.log"));
  }

  /** With the agent's log, if it does not come. */
  private void await(Callable<Boolean> condition) throws Exception {
    try {
      Await.until(condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", the log: " + log(), e);
    }
  }

  private void told(String line) throws Exception {
    assertThat(hook.call(line)).singleElement().asString().startsWith("0 ");
  }

  @Test
  void runsProgramsByTheStateAndByEvents() throws Exception {
    try (TestService service = TestService.install(wine, folder, "c.yaml")) {
      service.addJavaOption(hook.javaOption());
      service.addJavaOption("-Djna.library.path=" + Wine.windowsPath(sessions.folder()));
      service.start();
      await(() -> knows("session_present"));
      told(PRESENT);
      told(ABSENT);
      passesWhatAnEventHolds();
      startsAndStopsByThePresence();
      leavesNothingBehindWhenItIsKilled();
      service.start(); // Wine takes a killed service for one that runs, and removes none such
    }
  }

  private void passesWhatAnEventHolds() throws Exception {
    sessions.are(USER, GUEST);
    told(ServiceHook.session(5, 3));
    await(() -> !written("agent").isEmpty());
    String odd =
        Stream.of("& calc", "%PATH%", "\"", "a\nb", "b\\", EVIL)
            .map(ArgumentWriter::hex)
            .reduce("", String::concat);
    assertThat(written("agent").strip()).isEqualTo(odd);
    assertThat(written("user")).isEmpty();
    assertThat(log()).contains("sink user: run_as: session_user needs an agent that runs as Local");
  }

  /** Idle is a minute after Windows said that nobody is there. */
  private void startsAndStopsByThePresence() throws Exception {
    await(() -> pings(IDLE) == 2);
    assertThat(log()).doesNotContain("stopping ");
    long returned = System.nanoTime();
    told(PRESENT);
    await(() -> log().contains("stopping "));
    long asked = System.nanoTime();
    await(() -> pings(IDLE) == 0);
    System.out.printf(
        "CommandOnWindowsIT: ms from the user's return to the stop %d, to the end %d%n",
        (asked - returned) / 1_000_000, (System.nanoTime() - returned) / 1_000_000);
  }

  /** The job ends the worker and what that has started. */
  private void leavesNothingBehindWhenItIsKilled() throws Exception {
    sessions.are(USER.lockedNow(), GUEST.lockedNow());
    told(ServiceHook.session(7, 2));
    told(ServiceHook.session(7, 3));
    await(() -> pings(LOCKED) == 2);
    ProcessHandle agent = agent();
    long killed = System.nanoTime();
    assertThat(agent.destroyForcibly()).isTrue();
    await(() -> pings(LOCKED) == 0);
    Duration took = Duration.ofNanos(System.nanoTime() - killed);
    System.out.println("CommandOnWindowsIT: ms from kill -9 to the end: " + took.toMillis());
    assertThat(took).isLessThan(SOON);
  }
}
