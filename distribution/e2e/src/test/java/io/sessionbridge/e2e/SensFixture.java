package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The source sens of the bundle, under Wine with an event system built for the tests, which calls
 * the agent in the ways in which Windows can.
 */
@Timeout(600)
abstract class SensFixture {

  static final String RUNS = " runs: ";
  static final String STOPPED = "AgentRun: sessionbridge stopped";
  static final String HEALS = "source saver: receiving events from Windows";

  /** Sessions with the number 0 are of Windows itself. */
  static final String FILE = "  out: {type: file, path: out.jsonl, select: {account_types: [all]}}";

  static final Pattern SENS = Pattern.compile("\"source_type\":\"sens\"");
  static final Pattern LISTENS = Pattern.compile("http: listening on (\\S+)");

  @TempDir Path root;
  Path folder = Path.of(".");
  Wine wine;
  TestingEventSystem windows;

  @BeforeEach
  void registerEventSystem() throws Exception {
    Wine bare = Wine.emulatedOrSkip();
    folder = Files.createDirectories(root.resolve("Büro"));
    windows = TestingEventSystem.orSkip(bare, root.resolve("commands"));
    wine = bare.with(TestingEventSystem.FOLDER_VARIABLE, Wine.windowsPath(windows.folder()));
    windows.register();
  }

  @AfterEach
  void unregisterEventSystem() throws Exception {
    if (windows != null) {
      windows.unregister();
      assertThat(windows.log()).doesNotContain("ERROR");
    }
  }

  void config(String keys, String... sinksAndOthers) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data_dir: Daten",
                "http: {address: \"127.0.0.1:0\"}",
                "sessions: {correlate: false}", // each call is to be seen
                "sources:"));
    lines.addAll(List.of("  saver: {type: sens" + keys + "}", "sinks:"));
    lines.addAll(List.of(sinksAndOthers));
    Files.write(folder.resolve("c.yaml"), lines);
  }

  WindowsProgram run() throws Exception {
    return wine.start(folder, "run", "--config", "c.yaml").awaitErr(RUNS);
  }

  /** Runs and waits for both subscriptions. */
  WindowsProgram runSubscribed() throws Exception {
    WindowsProgram agent = run();
    Await.until(() -> windows.log().lines().filter(line -> line.startsWith("store")).count() >= 2);
    return agent;
  }

  void stop(WindowsProgram agent) throws Exception {
    agent.interrupt();
    agent.awaitEnd();
    assertThat(agent.err()).contains(STOPPED).doesNotContain("Exception");
  }

  /**
   * The events of SENS. The agent compares the existing sessions some seconds after its start; on a
   * slow machine it then concludes that the sessions of the test are over.
   */
  List<String> written() throws IOException {
    Path file = folder.resolve("out.jsonl");
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> SENS.matcher(line).find())
            .filter(line -> !line.contains("session_present"))
            .filter(line -> !line.contains("\"inferred\":true"))
            .toList()
        : List.of();
  }

  /** For instance {@code lock 4 of ? by CONTOSO\kim}; the question mark for an ambiguous one. */
  List<String> events() throws IOException {
    return written().stream()
        .map(
            line ->
                "%s %s of %s by %s\\%s"
                    .formatted(
                        field(line, "kind"),
                        field(line, "raw_code"),
                        field(line, "ambiguous").equals("true") ? "?" : field(line, "session_id"),
                        field(line, "user_domain"),
                        field(line, "user_name")))
        .toList();
  }

  static String field(String line, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^,}]*))").matcher(line);
    if (!found.find()) {
      return "";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  void awaitEvents(int count) throws Exception {
    Await.until(() -> written().size() >= count);
  }

  void fire(String event) throws Exception {
    assertThat(windows.ask("fire " + event)).as(event).isEqualTo("OK 1 00000000");
  }

  void storm(String path, int count, int threads) throws Exception {
    assertThat(windows.ask("mode " + path)).isEqualTo("OK");
    String answer = windows.ask("storm " + count + " " + threads);
    assertThat(answer).startsWith("OK delivered " + count + " failed 0 ");
    System.out.println("sens by " + path + " from " + threads + " threads: " + answer);
  }

  static String health(WindowsProgram agent) throws Exception {
    Matcher listens = LISTENS.matcher(agent.err());
    assertThat(listens.find()).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + listens.group(1) + "/health")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
