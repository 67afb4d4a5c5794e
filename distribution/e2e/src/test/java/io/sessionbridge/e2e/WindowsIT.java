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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundle on Windows, as far as Wine is Windows: messages come from a second process, as Windows
 * itself would send them.
 */
@Timeout(600)
class WindowsIT {

  private static final Pattern EVENT =
      Pattern.compile("\"kind\":\"(\\w+)\".*\"session_id\":(\\d+),\"raw_code\":(\\d+)");
  private static final Pattern LOST = Pattern.compile("\"lost_count\":(\\d+)");
  private static final String RUNS = "runs: 1 source,";
  private static final String ASKED_TO_GO =
      "source windows: another program asked the session window";
  private static final String FULL = "the journal is full";
  private static final String STOPPED = "AgentRun: sessionbridge stopped";

  @TempDir Path root;
  private Path folder = Path.of(".");
  private Wine wine;
  private Poster poster;

  @BeforeEach
  void startPoster() throws Exception {
    wine = Wine.orSkip();
    folder = Files.createDirectories(root.resolve("Mäuse und Söhne"));
    poster = wine.poster(folder);
  }

  @AfterEach
  void stopPoster() {
    if (poster != null) {
      poster.close();
    }
  }

  private void config(String... sinks) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("data_dir: Daten Ordner", "sources:", "  windows: {type: wts}", "sinks:"));
    lines.addAll(List.of(sinks));
    Files.write(folder.resolve("Mein Büro.yaml"), lines);
  }

  private WindowsProgram run() throws Exception {
    return wine.start(folder, "run", "--config", "Mein Büro.yaml").awaitErr(RUNS);
  }

  /** Sessions with the number 0 are of Windows itself. */
  private static final String FILE =
      "  out: {type: file, path: Ausgänge.jsonl, select: {account_types: [all]}}";

  private List<String> written() throws IOException {
    Path file = folder.resolve("Ausgänge.jsonl");
    return Files.exists(file) ? events(Files.readAllLines(file)) : List.of();
  }

  /** For instance {@code lock 7 of 2}, in order. */
  private static List<String> events(List<String> lines) {
    List<String> events = new ArrayList<>();
    for (String line : lines) {
      EVENT
          .matcher(line)
          .results()
          .forEach(e -> events.add(e.group(1) + " " + e.group(3) + " of " + e.group(2)));
    }
    return events;
  }

  @Test
  void everyCodeArrivesInOrderInKafkaAndInAFile() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(root.resolve("kafka")).start()) {
      config(
          FILE,
          "  lake:",
          "    type: kafka",
          "    bootstrap_servers: [\"" + broker.address() + "\"]",
          "    topic: " + KafkaBroker.TOPIC,
          "    select: {account_types: [all]}");
      List<String> expected = new ArrayList<>();
      try (WindowsProgram agent = run()) {
        post(expected, "console_connect", 1, 1);
        post(expected, "console_disconnect", 2, 1);
        post(expected, "remote_connect", 3, 2);
        post(expected, "remote_disconnect", 4, 2);
        post(expected, "logon", 5, 3);
        post(expected, "logoff", 6, 3);
        post(expected, "lock", 7, 4);
        poster.askToGo();
        post(expected, "lock", 7, 4);
        post(expected, "unlock", 8, 4);
        post(expected, "remote_control", 9, 5);
        post(expected, "session_create", 10, 6);
        post(expected, "session_terminate", 11, 6);
        poster.post(7, 4_294_967_295L); // no session can have that number
        post(expected, "desktop_ready", 15, 4_294_967_293L);
        post(expected, "other", 12, 7);
        post(expected, "other", 77, 0);
        Await.until(() -> written().size() >= expected.size());
        Await.until(() -> events(broker.values()).size() >= expected.size());
        assertThat(written()).isEqualTo(expected);
        assertThat(events(broker.values())).isEqualTo(expected);
        agent.interrupt();
        agent.awaitEnd();
        assertThat(agent.err())
            .contains(ASKED_TO_GO + " to close; refused")
            .contains(ASKED_TO_GO + " to be destroyed (2 times); refused")
            .contains(STOPPED);
      }
    }
  }

  private void post(List<String> expected, String kind, int code, long session) throws IOException {
    poster.post(code, session);
    expected.add(kind + " " + code + " of " + session);
  }

  @Test
  void aBurstArrivesWhole() throws Exception {
    config(FILE);
    int count = 9000;
    try (WindowsProgram agent = run()) {
      poster.burst(count);
      Await.until(() -> written().size() >= count);
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains(STOPPED);
    }
    List<String> events = written();
    assertThat(events).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(events.get(i)).endsWith(" " + (1 + i % 9) + " of " + (1 + i));
    }
  }

  /** The second message says that something lies at an address where there is nothing. */
  @Test
  void sleepIsToldAndForgedPowerMessagesHarmNobody() throws Exception {
    config(FILE);
    Path file = folder.resolve("Ausgänge.jsonl");
    try (WindowsProgram agent = run()) {
      poster.power(0x4, 0);
      poster.power(0x8013, 0xDEAD_0000L);
      poster.power(0x12, 0);
      poster.post(7, 1);
      Await.until(() -> written().contains("lock 7 of 1"));
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err())
          .contains("a power setting arrived without its data")
          .contains("source windows: receiving events from Windows")
          .contains(STOPPED);
    }
    assertThat(Files.readString(file))
        .containsSubsequence(
            "\"kind\":\"host_suspend\"", "\"kind\":\"host_resume\"", "\"kind\":\"lock\"");
  }

  /** More than the hand-off holds: what is not heard is counted, and a second run delivers it. */
  @Test
  void aStormIsHeardOrCounted() throws Exception {
    config(FILE);
    int count = 100_000;
    try (WindowsProgram agent = run()) {
      poster.storm(count);
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains(STOPPED);
    }
    try (WindowsProgram agent = run()) {
      Await.until(() -> heardOrCounted() >= count);
      agent.interrupt();
      agent.awaitEnd();
    }
    assertThat(heardOrCounted()).isEqualTo(count);
  }

  private long heardOrCounted() throws IOException {
    String all = Files.readString(folder.resolve("Ausgänge.jsonl"));
    long lost =
        LOST.matcher(all).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    return written().size() + lost;
  }

  @Test
  void ctrlCStopsItAndNothingIsLostOrRepeated() throws Exception {
    config(FILE);
    try (WindowsProgram agent = run()) {
      poster.burst(100);
      agent.interrupt(); // what was posted before is read first
      agent.awaitEnd();
      assertThat(agent.err()).contains(STOPPED);
    }
    assertThat(poster.ask("find")).isEqualTo("none");
    try (WindowsProgram agent = run()) {
      poster.burst(10);
      Await.until(() -> written().size() >= 110);
      agent.interrupt();
      agent.awaitEnd();
    }
    assertThat(written()).hasSize(110);
    List<String> ids = Lines.ids(folder.resolve("Ausgänge.jsonl"));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Files.readString(folder.resolve("Ausgänge.jsonl"))).contains("bridge_stop");
  }

  @Test
  void aKilledAgentLosesNothingThatWasWritten() throws Exception {
    config(FILE);
    try (WindowsProgram agent = run()) {
      poster.burst(500);
      Await.until(() -> written().size() >= 500);
      agent.kill();
    }
    try (WindowsProgram agent = run()) {
      poster.post(7, 1);
      Await.until(() -> written().stream().anyMatch(e -> e.equals("lock 7 of 1")));
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains(STOPPED).doesNotContain("corrupt");
    }
    assertThat(written().stream().distinct()).hasSize(501);
  }

  @Test
  void stopsWhileTheJournalIsBlocked() throws Exception {
    config(
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"127.0.0.1:" + freePort() + "\"]",
        "    topic: t",
        "journal: {max_bytes: 16MiB, when_full: block}");
    try (WindowsProgram agent = run()) {
      for (int i = 0; i < 20 && !agent.err().contains(FULL); i++) {
        poster.burst(9000);
      }
      agent.awaitErr(FULL);
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("may not be durable").contains(STOPPED);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theDataBelongToOneAgent() throws Exception {
    config(FILE);
    try (WindowsProgram agent = run();
        WindowsProgram second = wine.start(folder, "run", "--config", "Mein Büro.yaml")) {
      second.awaitEnd();
      assertThat(second.err())
          .contains("Daten Ordner is in use by another SessionBridge (process ");
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains(STOPPED);
    }
  }

  @Test
  void watchShowsWhatHappens() throws Exception {
    try (WindowsProgram watch = wine.start(folder, "watch").awaitErr("press Ctrl+C to stop")) {
      poster.post(7, 2);
      poster.post(8, 2);
      poster.post(77, 3);
      Await.until(() -> watch.out().contains("code 77"));
      watch.interrupt();
      watch.awaitEnd();
      String time = "20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d";
      // What comes first are the sessions there are, then who is in the one that changed.
      assertThat(watch.out().lines().filter(line -> !line.contains("session_present")))
          .satisfiesExactly(
              line -> assertThat(line).matches(time + "  lock                session 2( .*)?"),
              line -> assertThat(line).matches(time + "  unlock              session 2( .*)?"),
              line ->
                  assertThat(line).matches(time + "  other               session 3.*  code 77"));
      assertThat(watch.err().lines().toList()).last().asString().matches("watch: \\d+ events");
    }
  }
}
