package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.http.ListenAddress;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every thread of the core has an owner that notices and handles its end. */
@Timeout(60)
class ThreadOwnershipTest {

  /** Each of them, and one of http, is killed below. */
  private static final Set<String> OWNED =
      Set.of(
          "dead-letters",
          "ingest-census",
          "ingest-timer",
          "journal",
          "session-timer",
          "sink-away",
          "sink-lake",
          "source-starter");

  /** Threads of the JDK's HTTP server and of the test's client. */
  private static final List<String> FOREIGN =
      List.of(
          "HTTP-Dispatcher",
          "idle-timeout-task",
          "req-rsp-timeout-task",
          "server-timer",
          "HttpClient-",
          "junit-");

  @TempDir Path folder;
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final BreakingClock clock = new BreakingClock();
  private final CountDownLatch essentialEnd = new CountDownLatch(1);
  private final CompletableFuture<Thread> brokenPage = new CompletableFuture<>();
  private volatile boolean breaksPages;
  private TestingBridge agent;

  /** A directory that fails when the HTTP pages query it. */
  private final class BreakingDirectory implements SessionDirectory {
    @Override
    public Optional<EventData> find(EventData event) {
      return Optional.empty();
    }

    @Override
    public List<EventData> all() {
      return List.of();
    }

    @Override
    public Optional<String> problem() {
      Thread thread = Thread.currentThread();
      if (breaksPages && thread.getName().equals("http")) {
        brokenPage.complete(thread);
        throw new OutOfMemoryError("test");
      }
      return Optional.empty();
    }
  }

  @BeforeEach
  void make() {
    agent =
        new TestingBridge(folder, new ModelStorage(), JournalConfig.defaults(), "lake", "away")
            .withClock(clock)
            .withDirectory(new BreakingDirectory())
            .withSource("bad");
    agent.sources().failStart("bad", "no such file");
    agent.sink("away").rejectIf(event -> true, "not this one");
    agent.onEssentialEnd(essentialEnd::countDown);
  }

  @AfterEach
  void close() {
    agent.close();
  }

  private void start() throws Exception {
    agent.start();
    agent.scrapeUntil("one is rejected", now -> now.rejected("away") == 1);
  }

  @Test
  void everyThreadHasAnOwner() throws Exception {
    start();
    Set<String> owned = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Thread thread : agentThreads()) {
      (agent.bridge().supervisor().owns(thread) ? owned : others).add(thread.getName());
    }
    owned.remove("http"); // exists during requests and for 2 s after them
    assertThat(owned).isEqualTo(OWNED);
    assertThat(others).containsExactly("source-src"); // the source is recreated, see ThreadEndTest
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters, dead letters, false",
    "ingest-census, census, false",
    "ingest-timer, heartbeat, true",
    "journal, journal, true",
    "session-timer, session timer, false",
    "sink-away, sink away, false",
    "sink-lake, sink lake, false",
    "source-starter, source starter, false"
  })
  void anErrorPutsItsComponentDown(String name, String component, boolean essential)
      throws Exception {
    start();
    kill(name);
    assertDown(component, essential);
  }

  @Test
  void onlyTheSinkWithoutDeadLettersWaits() throws Exception {
    start();
    kill("dead-letters");
    agent.report(1, 2);
    agent.sink("lake").awaitDelivered(3); // with the start of the agent
    agent.scrapeUntil(
        "it says what it waits for",
        now ->
            agent
                .bridge()
                .health()
                .detail()
                .contains(
                    "sink away: disk error: dead letters cannot be written: the journal's thread"
                        + " ended: "));
    assertThat(agent.scrapeUntil("as before", now -> true).rejected("away")).isEqualTo(1);
  }

  @Test
  void anErrorInARequestPutsTheServerDown() throws Exception {
    start();
    breaksPages = true;
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), agent.address().port())) {
      client
          .getOutputStream()
          .write("GET /health HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      brokenPage.get().join();
    }
    breaksPages = false;
    assertDown("http", false);
  }

  @Test
  void anErrorInTheWaitForAPortPutsTheServerDown() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      agent.start(new ListenAddress("127.0.0.1", other.getLocalPort()));
      kill("http-listener");
      assertDown("http", false);
    }
  }

  private void kill(String name) throws InterruptedException, IOException {
    for (Thread thread : agentThreads()) {
      if (thread.getName().equals(name)) {
        clock.breakIn(thread, new OutOfMemoryError("test"));
        thread.join();
        return;
      }
    }
    throw new AssertionError("no thread " + name + " among " + agentThreads());
  }

  private void assertDown(String component, boolean essential) {
    String why =
        component
            + ": its thread was stopped by an unexpected error (a defect in SessionBridge),"
            + " restart the agent: java.lang.OutOfMemoryError: test";
    assertThat(agent.bridge().health().detail()).contains(why);
    assertThat(essentialEnd.getCount()).isEqualTo(essential ? 0 : 1);
    assertThat(agent.bridge().essentialEnd())
        .isEqualTo(essential ? Optional.of(component) : Optional.empty());
  }

  private Set<Thread> agentThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive() && !isForeign(thread))
        .collect(Collectors.toSet());
  }

  private static boolean isForeign(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || group.getName().equals("system")
        || group.getName().equals("InnocuousThreadGroup")
        || FOREIGN.stream().anyMatch(thread.getName()::startsWith);
  }
}
