package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The source sens of the bundle, under Wine with an event system built for the test, which calls
 * the agent in the ways in which Windows can.
 */
@Timeout(600)
class SensIT {

  private static final String RUNS = " runs: ";
  private static final String STOPPED = "AgentRun: sessionbridge stopped";
  private static final String FULL = "the journal is full";
  private static final String HEALS = "source saver: receiving events from Windows";

  /** Sessions with the number 0 are of Windows itself. */
  private static final String FILE =
      "  out: {type: file, path: out.jsonl, select: {account_types: [all]}}";

  private static final Pattern SENS = Pattern.compile("\"source_type\":\"sens\"");
  private static final Pattern NUMBER = Pattern.compile("\"user_name\":\"u(\\d+)\"");
  private static final Pattern LISTENS = Pattern.compile("http: listens on (\\S+)");

  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private TestingEventSystem windows;

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

  private void config(String keys, String... sinksAndOthers) throws IOException {
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

  private WindowsProgram run() throws Exception {
    return wine.start(folder, "run", "--config", "c.yaml").awaitErr(RUNS);
  }

  /** Runs and waits for both subscriptions. */
  private WindowsProgram runSubscribed() throws Exception {
    WindowsProgram agent = run();
    Await.until(() -> windows.log().lines().filter(line -> line.startsWith("store")).count() >= 2);
    return agent;
  }

  private void stop(WindowsProgram agent) throws Exception {
    agent.interrupt();
    agent.awaitEnd();
    assertThat(agent.err()).contains(STOPPED).doesNotContain("Exception");
  }

  private List<String> written() throws IOException {
    Path file = folder.resolve("out.jsonl");
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> SENS.matcher(line).find())
            .filter(line -> !line.contains("session_present"))
            .toList()
        : List.of();
  }

  /** For instance {@code lock 4 of ? by CONTOSO\kim}; the question mark for an ambiguous one. */
  private List<String> events() throws IOException {
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

  private static String field(String line, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^,}]*))").matcher(line);
    if (!found.find()) {
      return "";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private void awaitEvents(int count) throws Exception {
    Await.until(() -> written().size() >= count);
  }

  private void fire(String event) throws Exception {
    assertThat(windows.ask("fire " + event)).as(event).isEqualTo("OK 1 00000000");
  }

  @Test
  void everyMethodArrivesInOrderThroughEachPath() throws Exception {
    config("", FILE);
    List<String> paths = List.of("vtable", "invoke", "marshal");
    try (WindowsProgram agent = runSubscribed()) {
      for (String path : paths) {
        assertThat(windows.ask("mode " + path)).isEqualTo("OK");
        fire("1 Logon CONTOSO\\Jörg Müller");
        fire("1 Logoff CONTOSO\\Jörg Müller");
        fire("1 StartShell CONTOSO\\Jörg Müller");
        fire("1 DisplayLock CONTOSO\\Jörg Müller");
        fire("1 DisplayUnlock CONTOSO\\Jörg Müller");
        fire("1 StartScreenSaver CONTOSO\\Jörg Müller");
        fire("1 StopScreenSaver CONTOSO\\Jörg Müller");
        fire("2 Logon 3 CONTOSO\\Jörg Müller");
        fire("2 Logoff 3 CONTOSO\\Jörg Müller");
        fire("2 SessionDisconnect 5 CONTOSO\\Jörg Müller");
        fire("2 SessionReconnect 0 CONTOSO\\Jörg Müller");
        fire("2 PostShell 3 CONTOSO\\Jörg Müller");
      }
      awaitEvents(12 * paths.size());
      stop(agent);
    }
    List<String> events = events();
    for (int i = 0; i < paths.size(); i++) {
      assertThat(events.subList(12 * i, 12 * (i + 1)))
          .as(paths.get(i))
          .containsExactly(
              "logon 1 of ? by CONTOSO\\Jörg Müller",
              "logoff 2 of ? by CONTOSO\\Jörg Müller",
              "shell_start 3 of ? by CONTOSO\\Jörg Müller",
              "lock 4 of ? by CONTOSO\\Jörg Müller",
              "unlock 5 of ? by CONTOSO\\Jörg Müller",
              "screensaver_start 6 of ? by CONTOSO\\Jörg Müller",
              "screensaver_stop 7 of ? by CONTOSO\\Jörg Müller",
              "logon 21 of 3 by CONTOSO\\Jörg Müller",
              "logoff 22 of 3 by CONTOSO\\Jörg Müller",
              "remote_disconnect 23 of 5 by CONTOSO\\Jörg Müller",
              "remote_connect 24 of 0 by CONTOSO\\Jörg Müller",
              "shell_start 25 of 3 by CONTOSO\\Jörg Müller");
    }
    assertThat(windows.log()).contains("in MTA: 0x00000000").contains(", 0 objects alive");
  }

  @Test
  void takesEveryName() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      for (String path : List.of("vtable", "invoke")) {
        assertThat(windows.ask("mode " + path)).isEqualTo("OK");
        fire("2 PostShell 1 -");
        fire("2 PostShell 2 *");
        fire("2 PostShell 3 kim");
        fire("2 PostShell 4 A\\B\\kim");
        fire("2 PostShell 5 CONTOSO\\%D83D%DE00");
        fire("2 PostShell 6 CONTOSO\\x%D83D");
        fire("2 PostShell 7 CONTOSO\\a%0000b");
        fire("2 PostShell 8 CONTOSO\\" + "ü".repeat(300));
      }
      awaitEvents(16);
      stop(agent);
    }
    List<String> expected = // in the letters of JSON
        List.of(
            "shell_start 25 of 3 by \\kim",
            "shell_start 25 of 4 by A\\\\B\\kim",
            "shell_start 25 of 5 by CONTOSO\\" + "\\uD83D\\uDE00",
            "shell_start 25 of 6 by CONTOSO\\x\uFFFD",
            "shell_start 25 of 7 by CONTOSO\\a\uFFFDb",
            "shell_start 25 of 8 by CONTOSO\\" + "ü".repeat(300));
    List<String> events = events();
    for (int first : List.of(0, 8)) {
      // SENS named nobody: who it was is what the directory says.
      assertThat(events.get(first)).startsWith("shell_start 25 of 1 by ");
      assertThat(events.get(first + 1)).startsWith("shell_start 25 of 2 by ");
      assertThat(events.subList(first + 2, first + 8)).isEqualTo(expected);
    }
  }

  /** Three storms of 6,000 events, through each path, by several threads at once. */
  @Test
  void aStormArrivesWholeAndLeavesNothingBehind() throws Exception {
    config("", FILE);
    int count = 6000;
    try (WindowsProgram agent = runSubscribed()) {
      String before = windows.ask("list");
      assertThat(before).startsWith("OK alive 3 ").contains("sink 2] [1 ").endsWith("sink 2]");
      storm("vtable", count, 1);
      awaitEvents(count);
      int threads = agent.threads();
      storm("vtable", count, 4);
      awaitEvents(2 * count);
      storm("invoke", count, 4);
      awaitEvents(3 * count);
      storm("marshal", count / 10, 1);
      awaitEvents(3 * count + count / 10);
      assertThat(windows.ask("list")).isEqualTo(before);
      Await.until(() -> agent.threads() <= threads + 4);
      stop(agent);
    }
    List<Integer> numbers = numbers();
    assertThat(numbers).hasSize(3 * count + count / 10);
    assertThat(numbers.subList(0, count)).isEqualTo(upTo(count));
    assertThat(new HashSet<>(numbers.subList(count, 2 * count))).hasSize(count);
    assertThat(new HashSet<>(numbers.subList(2 * count, 3 * count))).hasSize(count);
    assertThat(numbers.subList(3 * count, numbers.size())).isEqualTo(upTo(count / 10));
    assertThat(Files.readString(folder.resolve("out.jsonl"))).doesNotContain("\"gap\"");
    assertThat(windows.log())
        .contains("released, 1 left")
        .contains("event system released, 0 objects alive");
  }

  private void storm(String path, int count, int threads) throws Exception {
    assertThat(windows.ask("mode " + path)).isEqualTo("OK");
    String answer = windows.ask("storm " + count + " " + threads);
    assertThat(answer).startsWith("OK delivered " + count + " failed 0 ");
    System.out.println("sens by " + path + " from " + threads + " threads: " + answer);
  }

  private List<Integer> numbers() throws IOException {
    return written().stream()
        .map(NUMBER::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void anEventDuringRemoveIsHeardAndOneAfterItDoesNoHarm() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      fire("1 Logon CONTOSO\\before");
      awaitEvents(1);
      windows.ask("onremove fire 1 Logon CONTOSO\\during");
      windows.ask("late 1 Logon CONTOSO\\late");
      stop(agent);
    }
    assertThat(events())
        .containsExactly("logon 1 of ? by CONTOSO\\before", "logon 1 of ? by CONTOSO\\during");
    assertThat(windows.log())
        .contains("during remove: OK 1 00000000")
        .contains("late event: 0x00000000, 0 left");
  }

  @Test
  void stopsInTheMiddleOfAStorm() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      windows.ask("async storm 1000000 4");
      awaitEvents(2000);
      stop(agent);
    }
    assertThat(windows.log()).contains("event system released, 0 objects alive");
    assertThat(Lines.ids(folder.resolve("out.jsonl"))).doesNotHaveDuplicates();
  }

  @Test
  void runsWithoutAnEventSystemAndHealsWhenThereIsOne() throws Exception {
    windows.unregister();
    config("", FILE);
    String why =
        "Windows does not report SENS events: CoCreateInstance of CEventSystem failed with"
            + " 0x80040154"
            + " (REGDB_E_CLASSNOTREG): this Windows has no COM+ event system";
    try (WindowsProgram agent = run()) {
      agent.awaitErr("source saver: " + why);
      assertThat(health(agent))
          .contains(
              "{\"kind\":\"source\",\"id\":\"saver\",\"status\":\"degraded\",\"message\":\""
                  + why
                  + "\"}");
      windows.register();
      agent.awaitErr(HEALS);
      assertThat(health(agent))
          .contains("{\"kind\":\"source\",\"id\":\"saver\",\"status\":\"up\"}");
      fire("1 StartScreenSaver CONTOSO\\kim");
      awaitEvents(1);
      stop(agent);
    }
    assertThat(events()).containsExactly("screensaver_start 6 of ? by CONTOSO\\kim");
  }

  private static String health(WindowsProgram agent) throws Exception {
    Matcher listens = LISTENS.matcher(agent.err());
    assertThat(listens.find()).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + listens.group(1) + "/health")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void asksAgainWhenWindowsRefuses() throws Exception {
    windows.prepare("storefail 80040207 1");
    config(", per_user: true", FILE);
    try (WindowsProgram agent = run()) {
      agent.awaitErr(
          "Store failed with 0x80040207 (EVENT_E_INVALID_PER_USER_SID): this account may not"
              + " subscribe for one user");
      agent.awaitErr(HEALS);
      assertThat(windows.ask("list")).containsPattern("per_user 1 .*per_user 1 ");
      fire("1 StopScreenSaver CONTOSO\\kim");
      awaitEvents(1);
      windows.ask("removefail 8004020B 2");
      stop(agent);
      assertThat(agent.err())
          .contains("the subscription to ISensLogon stays until")
          .contains("the subscription to ISensLogon2 stays until")
          .contains("0x8004020B (EVENT_E_NOT_ALL_REMOVED)");
    }
  }

  @Test
  void runsWhereSomethingMadeItsThreadsSingleThreaded() throws Exception {
    config("", FILE);
    List<String> hook = List.of("-agentpath:" + Wine.windowsPath(windows.dll()) + "=sta");
    try (WindowsProgram agent = wine.start(folder, hook, "run", "--config", "c.yaml")) {
      agent.awaitErr(RUNS);
      agent.awaitErr(
          "CoInitializeEx failed with 0x80010106 (RPC_E_CHANGED_MODE): something else in this"
              + " program made the thread single-threaded for COM");
      assertThat(health(agent)).contains("0x80010106");
      stop(agent);
    }
    assertThat(windows.log()).doesNotContain("store");
  }

  @Test
  void theSwitchMakesWindowsUseInvoke() throws Exception {
    config(", invoke_only: true", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      assertThat(windows.ask("mode vtable")).isEqualTo("OK");
      assertThat(windows.ask("fire 1 Logon CONTOSO\\kim")).isEqualTo("OK 1 80004002");
      assertThat(windows.ask("mode auto")).isEqualTo("OK");
      fire("1 Logon CONTOSO\\kim");
      fire("2 PostShell 3 CONTOSO\\kim");
      String other = "other 80004002 IMarshal 80004002 IAgileObject 80004002]";
      String denied = "IUnknown 00000000 IDispatch 00000000 own 80004002 " + other;
      assertThat(windows.ask("probe")).isEqualTo("OK [0 " + denied + " [1 " + denied);
      awaitEvents(2);
      stop(agent);
    }
    assertThat(events())
        .containsExactly("logon 1 of ? by CONTOSO\\kim", "shell_start 25 of 3 by CONTOSO\\kim");
  }

  /** Prints how long Windows waits for the agent while the agent waits for the disk. */
  @Test
  void answersWhileTheJournalIsBlocked() throws Exception {
    config(
        "",
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"127.0.0.1:" + freePort() + "\"]",
        "    topic: t",
        "journal: {max_bytes: 16MiB, when_full: block}");
    try (WindowsProgram agent = runSubscribed()) {
      assertThat(windows.ask("storm 6000 1 5000")).startsWith("OK delivered 6000 failed 0 ");
      agent.awaitErr(FULL);
      storm("auto", 6000, 1);
      storm("invoke", 6000, 1);
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("may not be durable").contains(STOPPED);
    }
    assertThat(windows.log()).contains("event system released, 0 objects alive");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
