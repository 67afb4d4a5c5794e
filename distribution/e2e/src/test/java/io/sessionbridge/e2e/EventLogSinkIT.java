package io.sessionbridge.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink eventlog in a Java for Windows, with a log that the tests record: Wine's keeps nothing.
 */
@Timeout(600)
class EventLogSinkIT {

  private static final String FILE = "lib/native/sessionbridge-messages-2.dll";
  private static final String SID = "S-1-5-21-3623811015-3361044348-30300820-1013";
  private static final int SERVICE_AWAY = 1722;

  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private RecordedEventLog log;

  @BeforeEach
  void prepare() throws Exception {
    wine = Wine.emulatedOrSkip();
    log = RecordedEventLog.orSkip(root.resolve("log"));
    folder = Files.createDirectories(root.resolve("Söhne"));
    Files.write(
        folder.resolve("eventlog.yaml"),
        List.of(
            "data_dir: data",
            "sources: {day: {type: replay, path: day.jsonl}}",
            "sinks:",
            "  windows: {type: eventlog, select: {kinds: [logon, logoff, lock, unlock]}}"));
  }

  private void day(String... lines) throws IOException {
    Files.write(folder.resolve("day.jsonl"), List.of(lines));
  }

  private static String line(String kind, String user) {
    return ("{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"%s\",\"session_id\":2,\"user_name\":\"%s\","
            + "\"user_domain\":\"CONTOSO\",\"user_sid\":\"%s\",\"host_name\":\"HOST7\"}")
        .formatted(kind, user, SID);
  }

  private WindowsProgram run() throws IOException {
    return wine.start(
        folder,
        List.of(log.javaOption()),
        "run",
        "--config",
        "eventlog.yaml",
        "--exit-when-drained");
  }

  private List<String> texts() throws IOException {
    return log.entries().stream()
        .filter(entry -> entry.category() != 4)
        .map(entry -> entry.id() + " " + entry.strings().get(0))
        .toList();
  }

  @Test
  void entriesHaveTheirNumbersUsersAndStrings() throws Exception {
    day(line("logon", "kim"), line("lock", "jörg %1"), line("unlock", "jörg %1"));
    try (WindowsProgram agent = run()) {
      agent.awaitEnd();
      assertThat(texts())
          .as(agent.err())
          .containsExactly(
              "101 CONTOSO\\kim logged on to session 2 on HOST7",
              "103 CONTOSO\\jörg \uFF051 locked session 2 on HOST7",
              "104 CONTOSO\\jörg \uFF051 unlocked session 2 on HOST7");
    }
    RecordedEventLog.Entry lock = log.entries().get(1);
    assertThat(lock.source()).isEqualTo("SessionBridge");
    assertThat(lock.type()).isEqualTo(4);
    assertThat(lock.category()).isEqualTo(1);
    assertThat(lock.sid()).isEqualTo(SID);
    assertThat(lock.strings().subList(1, 10))
        .containsExactly(
            "lock", "2", "jörg %1", "CONTOSO", SID, "", "", "HOST7", "2026-11-20T08:00:00.000000Z");
    assertThat(lock.strings()).hasSize(12);
    assertThat(lock.strings().get(11)).startsWith("{\"kind\":\"lock\",").endsWith("}");
  }

  @Test
  void waitsForAServiceThatIsAwayAndLosesNothing() throws Exception {
    List<String> lines =
        IntStream.range(0, 200)
            .mapToObj(i -> line(i % 2 == 0 ? "lock" : "unlock", "u" + i))
            .toList();
    day(lines.toArray(String[]::new));
    log.fail(SERVICE_AWAY);
    try (WindowsProgram agent = run()) {
      agent.awaitErr("error 1722, the service Windows Event Log does not answer; is it running?");
      assertThat(texts()).isEmpty();
      log.fail(0);
      agent.awaitEnd();
      List<String> users = new ArrayList<>();
      log.entries().stream()
          .filter(entry -> entry.category() == 1)
          .forEach(entry -> users.add(entry.strings().get(3)));
      assertThat(users)
          .as(agent.err())
          .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "u" + i).toList());
    }
  }

  /** Each number has a text, by the functions that the event viewer uses. */
  @Test
  void theShippedFileShowsTheSentence() throws Exception {
    Path file = Bundle.HOME.resolve(FILE);
    assertThat(file).isRegularFile();
    String sentence = "CONTOSO\\jörg locked session 2 on HOST7";
    List<Integer> ids = new ArrayList<>(List.of(199, 901, 902, 903, 904, 905, 1000));
    IntStream.rangeClosed(101, 116).forEach(ids::add);
    IntStream.rangeClosed(201, 206).forEach(ids::add);
    IntStream.rangeClosed(301, 304).forEach(ids::add);
    List<String> arguments = new ArrayList<>(List.of(Wine.windowsPath(file), sentence));
    arguments.addAll(List.of("1", "2", "3", "4"));
    ids.forEach(id -> arguments.add(id.toString()));
    String expected =
        "loaded\n1 Session\n2 Host\n3 SessionBridge\n4 Agent\n"
            + ids.stream().map(id -> id + " " + sentence + "\n").collect(joining());
    try (WindowsProgram printer =
        wine.library(folder, List.of(), MessagePrinter.class, arguments.toArray(String[]::new))) {
      printer.awaitEnd();
      assertThat(printer.out().replace("\r", "")).isEqualTo(expected + expected + "END\n");
    }
  }

  private String source() throws Exception {
    try (WindowsProgram printer = wine.library(folder, EventSourcePrinter.class)) {
      printer.awaitEnd();
      return printer.out().replace("\r", "");
    }
  }

  /** The agent's own entries are the usual thing in a service. */
  @Test
  void aServiceIsRegisteredAndTellsOfItself() throws Exception {
    String file = Wine.windowsPath(Bundle.HOME.resolve(FILE));
    day(line("logon", "kim"));
    try (TestService service = TestService.install(wine, folder, "eventlog.yaml")) {
      assertThat(source())
          .isEqualTo(
              "CategoryCount = 4\nCategoryMessageFile = "
                  + file
                  + "\nEventMessageFile = "
                  + file
                  + "\nTypesSupported = 7\n");
      service.addJavaOption(log.javaOption());
      service.start();
      Await.until(() -> agentEntries().contains(901));
      service.command("stop");
      Await.until(() -> agentEntries().contains(902));
      assertThat(agentEntries()).containsExactly(901, 902);
    }
    assertThat(source()).isEqualTo("absent\n");
  }

  @Test
  void aServiceThatCannotStartSaysWhy() throws Exception {
    day(line("logon", "kim"));
    try (TestService service = TestService.install(wine, folder, "eventlog.yaml")) {
      service.addJavaOption(log.javaOption());
      Files.writeString(folder.resolve("eventlog.yaml"), "data_dri: data");
      service.command("start");
      Await.until(() -> agentEntries().contains(904));
      assertThat(log.entries().get(0).strings().get(0))
          .contains("SessionBridge cannot run: ")
          .contains("data_dri");
    }
  }

  /** An installer hides what the command prints. */
  @Test
  void aRefusedInstallationSaysWhy() throws Exception {
    Files.writeString(folder.resolve("eventlog.yaml"), "data_dri: data");
    try (WindowsProgram install =
        wine.start(
            folder,
            List.of(log.javaOption()),
            "service",
            "install",
            "--allow-writable",
            "--config",
            "eventlog.yaml")) {
      install.awaitEnd();
      assertThat(agentEntries()).as(install.err()).containsExactly(904);
    }
    RecordedEventLog.Entry entry = log.entries().get(0);
    assertThat(entry.source()).isEqualTo("SessionBridge");
    assertThat(entry.type()).isEqualTo(1);
    assertThat(entry.strings().get(0))
        .startsWith("SessionBridge was not installed as a service: ")
        .contains("data_dri");
    assertThat(source()).isEqualTo("absent\n");
  }

  private List<Integer> agentEntries() throws IOException {
    return log.entries().stream()
        .filter(entry -> entry.category() == 4)
        .map(RecordedEventLog.Entry::id)
        .toList();
  }
}
