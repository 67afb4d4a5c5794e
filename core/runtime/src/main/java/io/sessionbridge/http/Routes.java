package io.sessionbridge.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches a request to its page and sends the answer. On threads {@code http}. */
final class Routes implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  private static final int NO_BODY = -1;

  private final Map<String, Page> pages;
  private final HostGuard guard;

  Routes(Map<String, Page> pages, HostGuard guard) {
    this.pages = new TreeMap<>(pages);
    this.guard = guard;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    if (!guard.accepts(header(asked, "Host"))) {
      return Json.error(421, "unknown host name: use 127.0.0.1 or localhost");
    }
    Page page = pages.get(path(exchange));
    if (page == null) {
      return Json.error(404, "unknown path; use " + String.join(", ", pages.keySet()));
    }
    if (!List.of(GET, HEAD).contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", GET + ", " + HEAD);
      return Json.error(405, "only GET and HEAD");
    }
    try {
      return page.get(header(asked, "Accept"));
    } catch (RuntimeException e) {
      LOG.warn("http: {} failed", path(exchange), e);
      return Json.error(500, "internal error, see the agent's log");
    }
  }

  /** Empty if the URI has no path, such as {@code mailto:x}. */
  private static String path(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
  }

  private static String header(Headers headers, String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals(HEAD)) {
      headers.set("Content-Length", Integer.toString(answer.body().length));
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }
}
