package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.TestingSessions.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the bundle makes of the sessions of a Windows: under Wine, whose sessions, event log and
 * event system are those of the tests.
 */
@Timeout(600)
class SessionsIT {

  private static final Instant LOGON = Instant.parse("2026-11-29T06:30:00Z");
  private static final Session KIM = new Session(2, false, LOGON, "CONTOSO", "kim");
  private static final String WINLOGON = "Microsoft-Windows-Winlogon";

  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private TestingSessions sessions;
  private Poster poster;

  @BeforeEach
  void prepare() throws Exception {
    wine = Wine.emulatedOrSkip();
    folder = Files.createDirectories(root.resolve("agent"));
    sessions = TestingSessions.in(root, wine);
    sessions.are(KIM);
    poster = wine.poster(root); // while it runs, the machine does not boot again
  }

  @AfterEach
  void stopPoster() {
    if (poster != null) {
      poster.close();
    }
  }

  private void config(String... sources) throws IOException {
    List<String> lines = new ArrayList<>(List.of("data_dir: data", "sources:"));
    lines.addAll(List.of(sources));
    lines.addAll(List.of("sinks:", "  out: {type: file, path: out.jsonl}"));
    Files.write(folder.resolve("c.yaml"), lines);
  }

  /** Of a session, each once: an agent that was killed may write an event again. */
  private List<String> written(int session) throws IOException {
    Path file = folder.resolve("out.jsonl");
    String id = "\"session_id\":" + session + ",";
    return Files.exists(file)
        ? Files.readAllLines(file).stream().filter(line -> line.contains(id)).distinct().toList()
        : List.of();
  }

  private List<String> kinds(int session) throws IOException {
    return written(session).stream().map(line -> field(line, "kind")).toList();
  }

  private static String field(String line, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(line);
    return found.find() ? found.group(1) : "";
  }

  /** In a service, because only one is told of session changes by the service manager. */
  @Test
  void whatThreeSourcesReportIsOneEvent() throws Exception {
    Path commands = root.resolve("commands");
    TestingEventSystem events = TestingEventSystem.orSkip(wine, commands);
    ServiceHook hook = ServiceHook.orSkip(root.resolve("hook"));
    config("  windows: {type: wts}", "  service: {type: scm}", "  sens: {type: sens}");
    events.register();
    try (TestService service = TestService.install(wine, folder, "c.yaml")) {
      service.addJavaOption(hook.javaOption());
      service.addJavaOption(events.javaOption());
      service.addJavaOption("-Djna.library.path=" + Wine.windowsPath(sessions.folder()));
      service.start();
      Await.until(hook::findsWindow);
      Await.until(() -> events.log().lines().filter(line -> line.startsWith("store")).count() == 2);
      Await.until(() -> kinds(2).contains("session_present"));

      sessions.are(KIM.lockedNow());
      report(hook, ServiceHook.message(7, 2));
      report(hook, ServiceHook.session(7, 2));
      assertThat(events.ask("fire 1 DisplayLock CONTOSO\\kim")).isEqualTo("OK 1 00000000");
      Await.until(() -> kinds(2).contains("lock"));
      sessions.are(KIM);
      report(hook, ServiceHook.session(8, 2));
      report(hook, ServiceHook.message(8, 2));
      assertThat(events.ask("fire 1 DisplayUnlock CONTOSO\\kim")).isEqualTo("OK 1 00000000");
      report(hook, ServiceHook.message(5, 3)); // after all the others on its source
      Await.until(() -> kinds(3).contains("logon"));
    } finally {
      events.unregister();
    }
    assertThat(kinds(2)).containsExactly("session_present", "lock", "unlock");
    assertThat(kinds(0)).isEmpty();
    assertThat(written(2).stream().map(line -> field(line, "session_key")).distinct()).hasSize(1);
    assertThat(written(2)).noneMatch(line -> line.contains("\"inferred\""));
    assertThat(written(2).get(2)).contains("\"last_locked_seconds\":");
  }

  private static void report(ServiceHook hook, String line) throws Exception {
    assertThat(hook.call(line)).singleElement().asString().startsWith("0 ");
  }

  @Test
  void aLockThatNobodyHeardIsInferred() throws Exception {
    config("  windows: {type: wts}");
    List<String> options = List.of("-Djna.library.path=" + Wine.windowsPath(sessions.folder()));
    try (WindowsProgram agent = wine.start(folder, options, "run", "--config", "c.yaml")) {
      Await.until(() -> kinds(2).contains("session_present"));
      agent.kill();
    }
    sessions.are(KIM.lockedNow());
    try (WindowsProgram agent = wine.start(folder, options, "run", "--config", "c.yaml")) {
      Await.until(() -> kinds(2).contains("lock"));
      stop(agent);
    }

    assertThat(kinds(2)).containsExactly("session_present", "lock");
    String present = written(2).get(0);
    String lock = written(2).get(1);
    assertThat(field(lock, "inferred")).isEqualTo("true");
    assertThat(field(lock, "evidence")).isEqualTo("directory");
    assertThat(field(lock, "session_key")).isEqualTo(field(present, "session_key")).isNotEmpty();
    assertThat(Instant.parse(field(lock, "time_after")))
        .isBetween(Instant.parse(field(present, "time")), Instant.parse(field(lock, "time")));
    assertThat(field(lock, "user_name")).isEqualTo("kim");
  }

  @Test
  void theEventLogTellsWhatHappenedMeanwhile() throws Exception {
    config("  windows: {type: wts}");
    TestingEventLog log = TestingEventLog.in(root);
    Wine logged = log.with(wine);
    List<String> options =
        List.of(
            "-Djna.library.path=%s;%s"
                .formatted(Wine.windowsPath(sessions.folder()), Wine.windowsPath(log.library())));
    try (WindowsProgram agent = logged.start(folder, options, "run", "--config", "c.yaml")) {
      Await.until(() -> kinds(2).contains("session_present"));
      agent.kill();
    }
    Instant logon = Instant.now().truncatedTo(ChronoUnit.MICROS);
    log.add(TestingEventLog.SYSTEM, WINLOGON, 7001, logon, session(4));
    // Both lie before the agent's start, which takes longer.
    log.add(TestingEventLog.SYSTEM, WINLOGON, 7002, logon.plusMillis(50), session(4));
    try (WindowsProgram agent = logged.start(folder, options, "run", "--config", "c.yaml")) {
      Await.until(() -> kinds(4).contains("logoff"));
      stop(agent);
    }

    assertThat(kinds(2)).containsExactly("session_present");
    assertThat(kinds(4)).containsExactly("logon", "logoff");
    assertThat(written(4)).allMatch(line -> field(line, "inferred").equals("true"));
    assertThat(Instant.parse(field(written(4).get(0), "time"))).isEqualTo(logon);
    assertThat(field(written(4).get(0), "evidence")).isEqualTo("winlogon_7001");
    assertThat(field(written(4).get(1), "evidence")).isEqualTo("winlogon_7002");
    assertThat(written(4).stream().map(line -> field(line, "session_key")).distinct()).hasSize(1);
  }

  private static String session(int id) {
    return ("<EventData><Data Name='TSId'>%d</Data>"
            + "<Data Name='UserSid'>S-1-5-21-1004336348-1177238915-682003330-1042</Data>"
            + "</EventData>")
        .formatted(id);
  }

  private static void stop(WindowsProgram agent) throws Exception {
    agent.interrupt();
    agent.awaitEnd();
    assertThat(agent.err()).contains("AgentRun: sessionbridge stopped").doesNotContain("Exception");
  }
}
