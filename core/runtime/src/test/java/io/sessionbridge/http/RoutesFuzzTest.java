package io.sessionbridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any request gets an answer, and none gets a page under a foreign host name. */
class RoutesFuzzTest {

  private static final String SECRET = "secret";
  private static final Routes ROUTES =
      new Routes(
          Map.of(
              "/health",
              accept -> new Answer(200, "text/plain", SECRET.getBytes(StandardCharsets.US_ASCII))),
          new HostGuard(true, "agent.example"));

  @FuzzTest
  void answers(FuzzedDataProvider data) throws IOException {
    TestingExchange exchange = exchange(data);
    if (exchange == null) {
      return;
    }
    ROUTES.handle(exchange);
    assertThat(exchange.status()).isIn(200, 404, 405, 421);
    if (exchange.status() != 421) {
      assertThat(isOurs(exchange.host())).as("host %s", exchange.host()).isTrue();
    }
    if (exchange.status() != 200 || !exchange.getRequestMethod().equals("GET")) {
      assertThat(exchange.body()).doesNotContain(SECRET);
    }
  }

  /** Null for what the server of newer Javas refuses: a line end in a header. */
  private static @Nullable TestingExchange exchange(FuzzedDataProvider data) {
    try {
      return new TestingExchange(
          data.pickValue(new String[] {"GET", "HEAD", "POST", "get", ""}),
          uri(data.consumeString(40)),
          data.consumeBoolean() ? "Host" : "HOST",
          data.consumeString(60),
          data.consumeRemainingAsString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text); // as the JDK's server does, which refuses what is none
    } catch (URISyntaxException e) {
      return URI.create("/health");
    }
  }

  /** Parsed as the JDK and browsers parse a URI. */
  private static boolean isOurs(String host) {
    if (host.isEmpty()) {
      return true; // no browser
    }
    try {
      URI page = new URI("http://" + host + "/");
      String name = String.valueOf(page.getHost()).toLowerCase(Locale.ROOT);
      return page.getUserInfo() == null
          && (name.startsWith("127.")
              || Set.of("localhost", "[::1]", "agent.example").contains(name));
    } catch (URISyntaxException e) {
      return host.startsWith("127."); // a number above 255: no resolver knows it either
    }
  }
}
