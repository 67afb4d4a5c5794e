package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionbridge.e2e.Bundle.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink of the tutorial in {@code core/spi/README.md}, which the build made from {@code src/it}
 * with published artifacts only, in the bundle as a user installs it.
 */
class ThirdPartySinkIT {

  private static final Path JAR = Path.of("target/it/webhook-sink/target/webhook-sink-1.0.jar");

  @TempDir Path folder;
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Bundle bundle;

  @BeforeEach
  void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/events", this::take);
    server.start();
    bundle = Bundle.withPlugin(folder, JAR);
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Test
  void deliversEverythingInOrder() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 1500);
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  in: {type: replay, path: in.jsonl}",
        "sinks:",
        "  hook:",
        "    type: webhook",
        "    url: http://127.0.0.1:" + server.getAddress().getPort() + "/events");
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(Lines.numbers(String.join("", posted)))
        .isEqualTo(IntStream.rangeClosed(1, 1500).boxed().toList());
  }

  @Test
  void isDescribedAndCheckedLikeABuiltInSink() throws Exception {
    assertThat(bundle.run("plugins", "webhook").out())
        .contains("url")
        .contains("where the events are posted")
        .contains("timeout")
        .contains("10s");
    bundle.write("bad.yaml", "data_dir: data", "sinks: {hook: {type: webhook, url: nowhere}}");
    Outcome wrong = bundle.run("validate", "--config", "bad.yaml");
    assertThat(wrong.exit()).isEqualTo(78);
    assertThat(wrong.out() + wrong.err())
        .contains("sinks.hook.url must be a URL such as https://siem.example/events, was nowhere");
  }
}
