package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sink that cannot be created stops neither the agent nor another sink, and loses nothing. */
@Timeout(60)
class SinkStartTest {

  private static final String REASON =
      "cannot be created; retrying: java.lang.IllegalStateException: no such library";

  @TempDir Path folder;
  private TestingBridge agent;

  @BeforeEach
  void make() {
    agent = new TestingBridge(folder, new ModelStorage(), JournalConfig.defaults(), "lake", "away");
    agent.sinks().failCreate("away", new IllegalStateException("no such library"));
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void theOthersRunAndThePagesNameTheReason() throws Exception {
    agent.start();
    agent.report(1, 3);
    agent.sink("lake").awaitDelivered(4); // including the agent's start event
    awaitFailure();
    assertThat(agent.bridge().health()).isEqualTo(Health.degraded("sink away: " + REASON));
    String component =
        "{\"kind\":\"sink\",\"id\":\"away\",\"status\":\"degraded\",\"message\":\""
            + REASON
            + "\"}";
    for (String page : new String[] {"/health", "/ready"}) {
      HttpResponse<String> answer = Scrape.get(agent.address(), page);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(component);
    }
  }

  @Test
  void itGetsEverythingOnceItCanBeCreated() throws Exception {
    agent.start();
    agent.report(1, 3);
    awaitFailure();
    agent.sinks().allowCreate("away");
    agent.sink("away").awaitDelivered(4);
    agent.scrapeUntil("it works", now -> agent.bridge().health().equals(Health.up()));
  }

  @Test
  void aMissingLibraryStopsNothingElse() throws Exception {
    agent.sinks().failCreate("away", new NoClassDefFoundError("a/Library"));
    agent.start();
    awaitFailure();
    agent.sinks().allowCreate("away");
    agent.sink("away").awaitDelivered(1);
  }

  @Test
  void itsCursorKeepsItsEventsAcrossARestart() throws Exception {
    agent.start();
    agent.report(1, 3);
    agent.sink("lake").awaitDelivered(4);
    agent.stop();
    agent.sinks().allowCreate("away");
    agent.start();
    agent.sink("away").awaitDelivered(6); // including the stop and the second start
  }

  private void awaitFailure() throws Exception {
    agent.scrapeUntil(
        "it was tried",
        now -> now.value("sessionbridge_sink_consecutive_failures{sink=\"away\"}") > 0);
  }
}
