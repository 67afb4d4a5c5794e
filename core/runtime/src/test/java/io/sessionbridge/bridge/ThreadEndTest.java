package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thread that a defect ends is reported; an essential one ends the agent. */
@Timeout(60)
class ThreadEndTest {

  @TempDir Path folder;
  private final CountDownLatch essentialEnd = new CountDownLatch(1);
  private TestingBridge agent;

  @BeforeEach
  void make() throws Exception {
    agent = new TestingBridge(folder, new ModelStorage(), JournalConfig.defaults(), "lake", "away");
    agent.onEssentialEnd(essentialEnd::countDown);
    agent.start();
    agent.scrapeUntil("the start arrived", now -> now.delivered("lake") == 1);
  }

  @AfterEach
  void close() {
    agent.close();
  }

  /** Ends a thread as a defect would: the agent itself interrupts no thread. */
  private static void end(String name) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.interrupt();
        thread.join();
      }
    }
  }

  @Test
  void endOfTheJournalThreadEndsTheAgent() throws Exception {
    end("journal");
    essentialEnd.await();
    assertThat(agent.bridge().essentialEnd()).hasValue("journal");
    HttpResponse<String> health = Scrape.get(agent.address(), "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body())
        .startsWith(
            "{\"status\":\"down\",\"components\":[{\"kind\":\"journal\",\"status\":\"down\","
                + "\"message\":\"its thread was stopped by an unexpected error (a defect in"
                + " SessionBridge), restart the agent: ");
    assertThat(Scrape.get(agent.address(), "/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void endOfTheHeartbeatThreadEndsTheAgent() throws Exception {
    end("ingest-timer");
    essentialEnd.await();
    assertThat(agent.bridge().essentialEnd()).hasValue("heartbeat");
    assertThat(agent.bridge().health().detail())
        .isEqualTo(
            "heartbeat: its thread was stopped by an unexpected error (a defect in"
                + " SessionBridge), restart the agent:"
                + " java.lang.InterruptedException");
  }

  @Test
  void endOfASinkThreadPutsOnlyThatSinkDown() throws Exception {
    end("sink-away");
    HttpResponse<String> health = Scrape.get(agent.address(), "/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains(
            "{\"kind\":\"sink\",\"id\":\"away\",\"status\":\"down\",\"message\":"
                + "\"its thread was stopped by an unexpected error (a defect in"
                + " SessionBridge), restart the agent: ");
    agent.report(1, 3);
    agent.sink("lake").awaitDelivered(4);
    assertThat(agent.bridge().essentialEnd()).isEmpty();
  }

  @Test
  void endOfASourceThreadRecreatesTheSource() throws Exception {
    end("source-src");
    assertThat(agent.bridge().health())
        .isEqualTo(
            Health.degraded(
                "source src: its thread was stopped by an unexpected error (a defect in"
                    + " SessionBridge); the source is being recreated:"
                    + " java.lang.InterruptedException"));
    agent.scrapeUntil("it runs", now -> agent.bridge().health().equals(Health.up()));
    agent.report(1, 2);
    agent.sink("lake").awaitDelivered(3);
  }
}
