package io.sessionbridge.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentServerTest {

  private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

  private final TestingClock clock = new TestingClock();
  private final TestingAgent agent = new TestingAgent();
  private final HttpClient client = HttpClient.newHttpClient();
  private AgentServer server = server(ANY_PORT);

  @AfterEach
  void close() {
    server.close();
  }

  private AgentServer server(ListenAddress address) {
    return new AgentServer(
        new HttpConfig(address), agent, new MetricRegistry(), clock, new Supervisor());
  }

  @Test
  void servesThePages() throws Exception {
    server.start();
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health?verbose=1").body()).startsWith("{\"status\":\"up\",");
    assertThat(get("/ready").body()).startsWith("{\"status\":\"ready\",");
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(metrics.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(server.check()).isEqualTo(Health.up());
  }

  @Test
  void threeHundredSlowClientsDelayNoOtherClient() throws Exception {
    server.start();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.address().orElseThrow().port());
        slow.add(socket);
        socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
      }
      long before = System.nanoTime();
      assertThat(get("/health").statusCode()).isEqualTo(200);
      // served one by one, each would block the server for 5 s: 25 minutes
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    server.start();
    HttpResponse<String> whole = get("/health");
    HttpResponse<String> head = send("HEAD", "/health");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(whole.body().length()));
    assertThat(send("HEAD", "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void rejectsOtherPathsAndMethods() throws Exception {
    server.start();
    for (String path : new String[] {"/", "/health/", "/healthy", "/metrics/x", "/Health"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"unknown path; use /health, /metrics, /ready\"}\n");
    }
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      HttpResponse<String> answer = send(method, "/health");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
      assertThat(answer.body()).isEqualTo("{\"error\":\"only GET and HEAD\"}\n");
    }
  }

  @Test
  void rejectsHostNamesOfDnsRebinding() throws Exception {
    server.start();
    String answer = raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 421 ")
        .endsWith("{\"error\":\"unknown host name: use 127.0.0.1 or localhost\"}\n");
    assertThat(raw("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void answersADefectWithAnError() throws Exception {
    server.start();
    agent.sink = null;
    HttpResponse<String> answer = get("/health");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"error\":\"internal error, see the agent's log\"}\n");
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortDegradesAndIsRetried() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ListenAddress taken = new ListenAddress("127.0.0.1", other.getLocalPort());
      server = server(taken);
      server.start();
      assertThat(server.check())
          .isEqualTo(
              Health.degraded(
                  "cannot listen on "
                      + taken
                      + ": Address already in use; stop the program that uses the port or change"
                      + " http.address; retried every 30 s"));
      assertThat(server.address()).isEqualTo(Optional.empty());
      clock.awaitWaiting(1);
      clock.advance(Duration.ofSeconds(30));
      clock.awaitWaiting(1);
      assertThat(server.check().isUp()).isFalse();
    }
    clock.advanceUntil("it listens", () -> server.check().isUp());
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownHostDegrades() {
    server = server(new ListenAddress("no-such-host.invalid", 1));
    server.start();
    assertThat(server.check().detail())
        .startsWith("cannot listen on no-such-host.invalid:1: unknown host; ");
  }

  @Test
  void canBeClosedAtAnyTimeAndTwice() throws Exception {
    server.start();
    assertThat(get("/health").statusCode()).isEqualTo(200);
    ListenAddress address = server.address().orElseThrow();
    server.close();
    server.close();
    assertThat(server.address()).isEqualTo(Optional.empty());
    server = server(address);
    server.start();
    assertThat(server.check()).isEqualTo(Health.up());
    server(ANY_PORT).close();
  }

  @Test
  void closesWhileItWaitsForThePort() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server = server(new ListenAddress("127.0.0.1", other.getLocalPort()));
      server.start();
      clock.awaitWaiting(1);
      server.close();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("http") && thread.isAlive());
    }
  }

  @Test
  void aStalledClientIsDisconnected() throws Exception {
    server.start();
    try (Socket half = new Socket(InetAddress.getLoopbackAddress(), port())) {
      half.getOutputStream().write("GET /health HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
      assertThat(get("/health").statusCode()).isEqualTo(200);
      assertThat(half.getInputStream().read()).isEqualTo(-1);
    }
  }

  private int port() {
    return server.address().orElseThrow().port();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }
}
