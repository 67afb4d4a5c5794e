package com.example.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every sink, against a server that refuses events of the user "mallory". */
class WebhookSinkTest extends SinkContract {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private static final List<String> RECEIVED = Collections.synchronizedList(new ArrayList<>());

  private static InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static HttpServer server;

  /** Once for all tests: the contract counts the threads that a test leaves behind. */
  @BeforeAll
  static void startServer() throws IOException {
    server = HttpServer.create(address, 0);
    address = server.getAddress();
    server.createContext("/events", WebhookSinkTest::take);
    server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop(0);
  }

  @BeforeEach
  void forgetEarlierTests() {
    RECEIVED.clear();
  }

  @Override
  protected Sink create(SinkContext context) {
    WebhookSinkFactory factory = new WebhookSinkFactory();
    String yaml = "url: http://127.0.0.1:" + address.getPort() + "/events";
    return factory.create(context, TestingConfig.read(factory.config(), yaml));
  }

  @Override
  protected List<String> received() {
    return List.copyOf(RECEIVED);
  }

  @Override
  protected void breakPeer() {
    stopServer();
  }

  @Override
  protected void healPeer() throws IOException {
    startServer();
  }

  private static void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean refused = body.contains("mallory");
    if (!refused) {
      Matcher ids = ID.matcher(body);
      while (ids.find()) {
        RECEIVED.add(ids.group(1));
      }
    }
    exchange.sendResponseHeaders(refused ? 422 : 204, -1);
    exchange.close();
  }

  @Override
  protected boolean noticesAtConnect() {
    return false;
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return from.next(TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, "mallory").build());
  }
}
