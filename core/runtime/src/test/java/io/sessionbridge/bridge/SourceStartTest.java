package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that cannot start stops neither the agent nor another source. */
@Timeout(60)
class SourceStartTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private TestingBridge agent;

  @BeforeEach
  void make() {
    agent =
        new TestingBridge(folder, new ModelStorage(), JournalConfig.defaults(), "lake")
            .withSource("other");
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void theOthersRunAndReadyNamesTheReason() throws Exception {
    agent.sources().failStart("src", "path in.jsonl does not exist");
    agent.start();
    assertThat(agent.bridge().health())
        .isEqualTo(
            Health.degraded("source src: cannot start; retrying: path in.jsonl does not exist"));
    HttpResponse<String> ready = Scrape.get(agent.address(), "/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .contains(
            "{\"kind\":\"source\",\"id\":\"src\",\"status\":\"degraded\",\"message\":"
                + "\"cannot start; retrying: path in.jsonl does not exist\"}")
        .contains("{\"kind\":\"source\",\"id\":\"other\",\"status\":\"up\"}");
    assertThat(Scrape.get(agent.address(), "/health").statusCode()).isEqualTo(200);
    agent.report("other", 1, 3);
    agent.sink("lake").awaitDelivered(4); // including the agent's start event
  }

  @Test
  void itStartsOnceItCan() throws Exception {
    agent.sources().failStart("src", "not yet");
    agent.start();
    agent.sources().allowStart("src");
    agent.scrapeUntil("it runs", now -> now.value("sessionbridge_source_up{source=\"src\"}") == 1);
    agent.report("src", 1, 2);
    agent.sink("lake").awaitDelivered(3);
    assertThat(agent.bridge().health()).isEqualTo(Health.up());
    assertThat(Scrape.get(agent.address(), "/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aDefectInAPlugInDegradesOnlyItsSource() throws Exception {
    agent.sources().failCreate("src", new IllegalStateException("a defect"));
    agent.start();
    assertThat(agent.bridge().health())
        .isEqualTo(
            Health.degraded(
                "source src: cannot start; retrying:"
                    + " java.lang.IllegalStateException: a defect"));
    agent.sources().allowStart("src");
    agent.scrapeUntil("it runs", now -> now.value("sessionbridge_source_up{source=\"src\"}") == 1);
  }

  @Test
  void aDrainFailsAfterTheRestHasArrived() throws Exception {
    agent.sources().failStart("src", "path in.jsonl does not exist");
    agent.sink("lake").hold();
    agent.start();
    agent.report("other", 1, 3);
    agent.scrapeUntil(
        "the events are durable",
        now -> now.value("sessionbridge_source_handed_off_total{source=\"other\"}") == 3);
    agent.source("other").finish();
    assertThat(agent.bridge().awaitDrained(Duration.ZERO, () -> false).problems())
        .hasSize(2)
        .contains("source src cannot start: path in.jsonl does not exist");
    agent.sink("lake").release();
    Drained drained = agent.bridge().awaitDrained(SOON, () -> false);
    assertThat(drained.problems())
        .containsExactly("source src cannot start: path in.jsonl does not exist");
    assertThat(agent.sink("lake").delivered()).hasSize(4); // including the agent's start event
  }

  @Test
  void aDrainWaitsForTheRestWhenASourceFailed() throws Exception {
    agent.start();
    agent.source("src").fail(new IllegalStateException("line 2 is bad"));
    agent.report("other", 1, 3);
    Drained early = agent.bridge().awaitDrained(Duration.ZERO, () -> false);
    assertThat(early.problems())
        .isEqualTo(List.of("source other has not finished", "source src failed: line 2 is bad"));
    agent.source("other").finish();
    Drained drained = agent.bridge().awaitDrained(SOON, () -> false);
    assertThat(drained.problems()).containsExactly("source src failed: line 2 is bad");
  }
}
