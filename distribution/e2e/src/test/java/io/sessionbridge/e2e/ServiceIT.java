package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundle as a Windows service, by the real service manager of Wine. What that one cannot be
 * made to send comes from {@link ServiceHook}.
 */
@Timeout(600)
class ServiceIT {

  private static final Pattern EVENT =
      Pattern.compile("\"kind\":\"(\\w+)\".*\"session_id\":(\\d+),\"raw_code\":(\\d+)");
  private static final Pattern HOST_EVENT =
      Pattern.compile("\"kind\":\"(host_\\w+|clock_change)\"");
  private static final String ALLOW = "--allow-writable";

  /** Sessions with the number 0 are of Windows itself. */
  private static final String FILE =
      "  out: {type: file, path: Ausgänge.jsonl, select: {account_types: [all]}}";

  private static final String PRESENCE = "1d8a6e7827b44443920709e70bdcbea904000000";

  /** One for all tests: a Java takes Wine many seconds. */
  private static Poster caller;

  @TempDir static Path callersFolder;
  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private ServiceHook hook;
  private Poster console;

  @BeforeEach
  void startCaller() throws Exception {
    wine = Wine.orSkip();
    hook = ServiceHook.orSkip(root.resolve("hook"));
    folder = Files.createDirectories(root.resolve("Dienst für Söhne"));
    if (caller == null) {
      caller = wine.talk(callersFolder, ServiceCaller.class);
    }
    config("  windows: {type: scm}", FILE);
  }

  @AfterEach
  void remove() throws Exception {
    if (caller != null && !caller.ask("status").equals("error 1060")) {
      service("uninstall");
    }
    if (console != null) {
      console.close();
    }
  }

  @AfterAll
  static void endCaller() {
    if (caller != null) {
      caller.close();
      caller = null;
    }
  }

  private void config(String source, String... sinks) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("data_dir: Daten Ordner", "sources:", source, "sinks:"));
    lines.addAll(List.of(sinks));
    Files.write(folder.resolve("Mein Büro.yaml"), lines);
  }

  /** Runs a command to its end; what it printed. */
  private String service(String... arguments) throws IOException {
    if (console == null) {
      console = wine.console(folder, List.of());
    }
    String all = "service\n" + String.join("\n", arguments);
    return CommandConsole.decoded(console.ask(CommandConsole.encoded(all)));
  }

  /** The same in a process of its own, as a user starts it. */
  private String typed(String... arguments) throws Exception {
    String[] all = Stream.concat(Stream.of("service"), Stream.of(arguments)).toArray(String[]::new);
    try (WindowsProgram command = wine.start(folder, all)) {
      command.awaitEnd();
      return command.out() + command.err();
    }
  }

  /** Under Wine whoever runs the tests owns all files, and so can modify them. */
  private String install() throws IOException {
    return service("install", ALLOW, "--config", "Mein Büro.yaml");
  }

  private void start() throws Exception {
    assertThat(install()).contains("service SessionBridge is installed and starts with Windows");
    assertThat(caller.ask("insert " + hook.javaOption())).isEqualTo("0");
    System.out.println("ServiceIT: ms from StartService to RUNNING: " + caller.ask("start"));
    assertThat(caller.ask("status")).isEqualTo("4 0x3c1 0 0");
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("Daten Ordner/log/sessionbridge.log"));
  }

  private List<String> lines() throws IOException {
    Path file = folder.resolve("Ausgänge.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** For instance {@code lock 7 of 2}, in order. */
  private List<String> sessions() throws IOException {
    List<String> events = new ArrayList<>();
    for (String line : lines()) {
      EVENT
          .matcher(line)
          .results()
          .forEach(e -> events.add(e.group(1) + " " + e.group(3) + " of " + e.group(2)));
    }
    return events;
  }

  private List<String> hostEvents() throws IOException {
    return lines().stream()
        .flatMap(line -> HOST_EVENT.matcher(line).results().map(found -> found.group(1)))
        .toList();
  }

  @Test
  void livesAsAService() throws Exception {
    assertThat(service("install", "--config", "Mein Büro.yaml"))
        .contains("and so control the system")
        .contains("icacls \"")
        .contains("or allow it with --allow-writable on a test machine")
        .doesNotContain("warning");
    assertThat(folder.resolve("Daten Ordner")).doesNotExist();
    assertThat(caller.ask("status")).isEqualTo("error 1060");
    assertThat(typed("install", ALLOW, "--config", "Mein Büro.yaml"))
        .contains("only SYSTEM and administrators may open ")
        .contains("service SessionBridge is installed and starts with Windows");
    assertThat(typed("status")).contains("service SessionBridge is stopped");
    assertThat(typed("start")).contains("service SessionBridge is running");
    assertThat(service("start")).contains("service SessionBridge is already running");
    assertThat(typed("status")).containsPattern("service SessionBridge is running, process \\d+");
    assertThat(caller.ask("control 4")).isEqualTo("4");
    assertThat(caller.ask("control 130")).isIn("4", "error 120"); // Windows passes it on
    assertThat(typed("stop")).contains("service SessionBridge is stopped");
    assertThat(service("stop")).contains("service SessionBridge is not running");
    assertThat(caller.ask("status")).isEqualTo("1 0x0 0 0");
    assertThat(log())
        .contains("runs: 1 source, 1 sink, data in ")
        .contains("AgentRun: sessionbridge stopped");
    assertThat(folder.resolve("Daten Ordner/native")).doesNotExist();
    assertThat(lines()).anyMatch(line -> line.contains("\"bridge_stop\""));
    assertThat(typed("uninstall")).contains("service SessionBridge is removed");
    assertThat(typed("status")).contains("service SessionBridge is not installed");
  }

  @Test
  void everythingThatWindowsSaysArrives() throws Exception {
    start();
    List<String> answers =
        hook.call(
            ServiceHook.session(5, 3),
            ServiceHook.session(7, 3),
            ServiceHook.session(7, 3),
            ServiceHook.session(8, 4_294_967_295L),
            ServiceHook.session(15, 3),
            ServiceHook.session(77, 0),
            "send 14 5 -",
            "send 13 10 -",
            "send 13 4 -",
            "send 13 18 -",
            "send 13 32787 " + PRESENCE + "02000000",
            "send 16 0 0000b5a1d9c0d50100985a40d1c0d501",
            "send 200 0 -");
    assertThat(answers).hasSize(13).last().asString().startsWith("120 ");
    assertThat(answers.subList(0, 12)).allMatch(answer -> answer.startsWith("0 "));
    Await.until(() -> hostEvents().contains("clock_change"));
    assertThat(sessions())
        .containsExactly(
            "logon 5 of 3", "lock 7 of 3", "lock 7 of 3", "desktop_ready 15 of 3", "other 77 of 0");
    assertThat(hostEvents()).containsExactly("host_suspend", "host_resume", "clock_change");
    assertThat(lines())
        .anyMatch(
            line ->
                line.contains("\"old_time\":\"2020-01-01T19:11:")
                    || line.contains("\"difference_ms\":"));
    assertThat(log()).contains("Windows sent a control without its data");

    hook.begin("send 15 0 -");
    Await.until(() -> caller.ask("status").startsWith("1 "));
    assertThat(caller.ask("status")).isEqualTo("1 0x0 0 0");
    assertThat(hostEvents())
        .containsExactly("host_suspend", "host_resume", "clock_change", "host_shutdown");
    assertThat(log()).contains("AgentRun: sessionbridge stopped");
  }

  /** And when an essential part of it ends, Windows is told of a failure and starts it again. */
  @Test
  void withoutSourcesItHearsTheServiceManager() throws Exception {
    Files.write(
        folder.resolve("Mein Büro.yaml"), List.of("data_dir: Daten Ordner", "sinks:", FILE));
    install();
    Path now = root.resolve("now");
    String ender = Wine.windowsPath(JavaAgentJar.make(root, ThreadEnder.class)) + "=journal,";
    assertThat(caller.ask("insert -javaagent:" + ender + Wine.windowsPath(now))).isEqualTo("0");
    assertThat(caller.ask("insert " + hook.javaOption())).isEqualTo("0");
    caller.ask("start");
    hook.call(ServiceHook.session(5, 3));
    Await.until(() -> !sessions().isEmpty());
    assertThat(lines())
        .anyMatch(line -> line.contains("\"source_id\":\"scm\",\"source_type\":\"scm\""));

    Files.createFile(now);
    Await.until(() -> caller.ask("status").startsWith("1 "));
    assertThat(caller.ask("status")).isEqualTo("1 0x0 1066 70");
    assertThat(log()).contains("because its component journal was stopped by an unexpected error");
  }

  @Test
  void aStopLosesNothingThatWasTold() throws Exception {
    int count = 2000; // a stop gives what waits 5 s, which a slow machine may need for them
    start();
    List<String> answer = hook.call("burst " + count);
    assertThat(service("stop")).contains("service SessionBridge is stopped");
    assertThat(log()).doesNotContain("may not be durable");
    System.out.println("ServiceIT: result, longest and mean µs of the handler: " + answer);
    System.out.println("ServiceIT: ms from StartService to RUNNING: " + caller.ask("start"));
    Await.until(() -> sessions().size() >= count);
    List<String> events = sessions();
    for (int i = 0; i < count; i++) {
      assertThat(events.get(i)).endsWith(" " + (1 + i % 9) + " of " + (1 + i));
    }
    assertThat(events).hasSize(count);
  }

  @Test
  void stopsDuringAStorm() throws Exception {
    start();
    hook.begin("burst 1000000");
    Await.until(() -> sessions().size() > 1000);
    assertThat(service("stop")).contains("service SessionBridge is stopped");
    assertThat(caller.ask("status")).isEqualTo("1 0x0 0 0");
    assertThat(log()).contains("AgentRun: sessionbridge stopped");
  }

  @Test
  void answersAtOnceWhileTheJournalIsBlocked() throws Exception {
    config(
        "  windows: {type: scm}",
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"127.0.0.1:" + freePort() + "\"]",
        "    topic: t",
        "journal: {max_bytes: 16MiB, when_full: block}");
    start();
    for (int i = 0; i < 20 && !log().contains("the journal is full"); i++) {
      hook.call("burst 9000");
    }
    Await.until(() -> log().contains("the journal is full"));
    System.out.println(
        "ServiceIT: journal blocked; result, longest and mean µs of the handler: "
            + hook.call("burst 1000", "burst 10000", "burst 100000"));
    assertThat(caller.ask("control 4")).isEqualTo("4");
    assertThat(service("stop")).contains("service SessionBridge is stopped");
    assertThat(log()).contains("may not be durable").contains("sessionbridge stopped");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aWrongConfigurationStopsItWithoutAnError() throws Exception {
    install();
    Files.writeString(folder.resolve("Mein Büro.yaml"), "sinks: {out: {type: nothing}}\n");
    assertThat(service("start"))
        .contains("service SessionBridge did not start: stopped; the reason is in its log");
    assertThat(caller.ask("status")).isEqualTo("1 0x0 0 0");
    assertThat(service("status")).contains("service SessionBridge is stopped");
    assertThat(log()).contains("sessionbridge cannot run: ").contains("sinks.out.type must be one");
    assertThat(install()).contains("sinks.out.type must be one of");
  }

  @Test
  void whatCannotStartStopsItWithAnError() throws Exception {
    install();
    Files.writeString(folder.resolve("Daten Ordner/journal"), "not a folder");
    assertThat(service("start"))
        .contains("service SessionBridge did not start: stopped with error 1");
    assertThat(log()).contains("sessionbridge cannot run: ");
  }

  @Test
  void isInstalledAndRemovedInAnyState() throws Exception {
    assertThat(service("uninstall")).contains("service SessionBridge is not installed");
    assertThat(service("start")).contains("there is no such service; install it first");
    assertThat(install()).contains("is installed");
    assertThat(caller.ask("insert -Dold=true")).isEqualTo("0");
    assertThat(install())
        .contains("service SessionBridge already existed; its settings are updated")
        .containsPattern("its command line was: \"[^\"]+\" -Dold=true ")
        .containsPattern("its command line is now: \"[^\"]+\" -Xms");
    caller.ask("start");
    assertThat(install())
        .contains("service SessionBridge already existed; its settings are updated")
        .contains("service SessionBridge keeps its old settings until it is restarted");
    assertThat(service("uninstall"))
        .contains("service SessionBridge is stopped")
        .contains("service SessionBridge is removed");

    install();
    assertThat(caller.ask("delete")).isEqualTo("0");
    assertThat(service("uninstall")).contains("will be removed once no program uses it");
    assertThat(install()).contains("error 1072: it is marked for deletion");
    assertThat(caller.ask("release")).isEqualTo("0");
    assertThat(install()).contains("is installed");
  }

  @Test
  void inAConsoleItSaysSoAndRuns() throws Exception {
    config("  windows: {type: wts}", FILE);
    try (WindowsProgram agent =
        wine.start(folder, "service", "run", "--config", "Mein Büro.yaml")
            .awaitErr("runs: 1 source,")) {
      assertThat(agent.err()).contains("not started by the Windows service control manager");
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("AgentRun: sessionbridge stopped");
    }
  }

  @Test
  void itsSourceSaysThatAConsoleIsNoService() throws Exception {
    try (WindowsProgram agent =
        wine.start(folder, "run", "--config", "Mein Büro.yaml").awaitErr("runs: 1 source,")) {
      assertThat(agent.err())
          .contains(
              "source windows cannot start; retrying: type scm works only in a Windows"
                  + " service, and this is not one; use sessionbridge service install");
      agent.interrupt();
      agent.awaitEnd();
    }
  }
}
