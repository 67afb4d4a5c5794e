package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.http.ListenAddress;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The health of a whole agent, from start to stop. */
@Timeout(60)
class BridgeHealthTest {

  @TempDir Path folder;
  private final ModelStorage disk = new ModelStorage();
  private TestingBridge agent;

  @BeforeEach
  void make() {
    agent = new TestingBridge(folder, disk, JournalConfig.defaults(), "lake");
  }

  @AfterEach
  void close() {
    agent.close();
  }

  @Test
  void isUpAndReadyOnceRunning() throws Exception {
    agent.start();
    agent.scrapeUntil("the start arrived", now -> now.delivered("lake") == 1);
    assertAnswer(
        "/health",
        200,
        "{'status':'up','components':[{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'src','status':'up'},"
            + "{'kind':'sink','id':'lake','status':'up'},{'kind':'http','status':'up'}]}");
    assertAnswer(
        "/ready",
        200,
        "{'status':'ready','components':[{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'src','status':'up'}]}");
    assertThat(agent.bridge().health()).isEqualTo(Health.up());
  }

  @Test
  void aDeadSinkDegradesTheAgent() throws Exception {
    agent.sink("lake").down("the peer is away");
    agent.start();
    agent.sink("lake").awaitConnects(2);
    assertAnswer(
        "/health",
        200,
        "{'status':'degraded','components':[{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'src','status':'up'},"
            + "{'kind':'sink','id':'lake','status':'degraded','message':'the peer is away'},"
            + "{'kind':'http','status':'up'}]}");
    assertThat(Scrape.get(agent.address(), "/ready").statusCode()).isEqualTo(200);
    assertThat(agent.bridge().health()).isEqualTo(Health.degraded("sink lake: the peer is away"));
  }

  @Test
  void isDownWhileTheJournalCannotWrite() throws Exception {
    agent.start();
    agent.scrapeUntil("the start arrived", now -> now.delivered("lake") == 1);
    disk.failAt(0, 1_000_000, "no space left on device");
    agent.report(1, 1);
    Scrape scrape =
        agent.scrapeUntil("it fails", now -> now.value("sessionbridge_journal_up") == 0);
    assertThat(scrape.value("sessionbridge_source_handed_off_total{source=\"src\"}")).isZero();
    HttpResponse<String> health = Scrape.get(agent.address(), "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body())
        .startsWith(
            "{\"status\":\"down\",\"components\":[{\"kind\":\"journal\",\"status\":\"down\",")
        .contains("no space left on device");
    assertThat(Scrape.get(agent.address(), "/ready").statusCode()).isEqualTo(503);
    disk.failAt(0, 0, "");
    agent.scrapeUntil("it writes again", now -> now.value("sessionbridge_journal_up") == 1);
    agent.scrapeUntil(
        "the event is durable",
        now -> now.value("sessionbridge_source_handed_off_total{source=\"src\"}") == 1);
    assertThat(Scrape.get(agent.address(), "/health").statusCode()).isEqualTo(200);
    assertThat(Scrape.get(agent.address(), "/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void answersWhileStopping() throws Exception {
    agent.start();
    agent.scrapeUntil("the start arrived", now -> now.delivered("lake") == 1);
    agent.sink("lake").hold();
    agent.report(1, 1);
    agent.sink("lake").awaitHeld();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(agent::stop);
    HttpResponse<String> ready = Scrape.get(agent.address(), "/ready");
    while (ready.statusCode() == 200) {
      ready = Scrape.get(agent.address(), "/ready");
    }
    assertThat(ready.body())
        .isEqualTo(
            "{\"status\":\"not_ready\",\"components\":[{\"kind\":\"journal\",\"status\":\"up\"},"
                + "{\"kind\":\"source\",\"id\":\"src\",\"status\":\"degraded\","
                + "\"message\":\"the agent is stopping\"}]}\n");
    assertThat(Scrape.get(agent.address(), "/health").statusCode()).isEqualTo(200);
    agent.sink("lake").release();
    stopped.get(30, TimeUnit.SECONDS);
    assertThat(agent.bridge().httpAddress()).isEmpty();
  }

  @Test
  void aPortInUseDegradesTheHealthAndStopsNothing() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      agent.start(new ListenAddress("127.0.0.1", other.getLocalPort()));
      agent.report(1, 1);
      agent.sink("lake").awaitDelivered(2);
      assertThat(agent.bridge().health().detail())
          .isEqualTo(
              "http: cannot listen on 127.0.0.1:"
                  + other.getLocalPort()
                  + ": Address already in use; stop the program that uses the port or change"
                  + " http.address; retried every 30 s");
    }
  }

  private void assertAnswer(String path, int status, String body) throws Exception {
    HttpResponse<String> answer = Scrape.get(agent.address(), path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body.replace('\'', '"') + "\n");
  }
}
