package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSecrets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets, with and without TLS, directly and through an HTTP proxy with a login. */
final class MqttWebSocketIT {

  @TempDir private static Path folder;
  private static TestingCertificates certificates;
  private static TestingMosquitto broker;
  private static TestingProxy proxy;
  private static int plain;
  private static int encrypted;

  @BeforeAll
  static void start() throws Exception {
    certificates =
        new TestingCertificates(folder.resolve("certificates")).server("broker").issue("agent");
    broker = new TestingMosquitto(folder.resolve("broker")).open();
    plain = broker.listener();
    broker.with("protocol websockets");
    encrypted = broker.listener();
    broker
        .with("protocol websockets")
        .with("cafile " + certificates.certificate("ca"))
        .with("certfile " + certificates.certificate("broker"))
        .with("keyfile " + certificates.key("broker"));
    broker.start();
    proxy = new TestingProxy(folder.resolve("proxy"), List.of(plain, encrypted));
    proxy.start();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  private static String ws() {
    return "ws://127.0.0.1:" + plain + "/mqtt";
  }

  private static String wss() {
    return "wss://127.0.0.1:" + encrypted + "/mqtt";
  }

  private static String trusting() {
    return ", ca_file: " + certificates.certificate("ca");
  }

  private static TestingRig rig(String server, String more) {
    return new TestingRig("{server: \"" + server + "\"" + more + "}");
  }

  private static String through(String password) throws Exception {
    Path file = TestingSecrets.write(folder.resolve("proxy.pw"), password);
    return ", proxy: \"127.0.0.1:"
        + proxy.port()
        + "\", proxy_username: laptop, proxy_password_file: "
        + file;
  }

  private static void assertArrives(TestingRig rig) throws Exception {
    try (rig;
        TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
      rig.connect();
      List<EncodedEvent> all = rig.events.next(1_000);
      rig.deliverAll(all);
      subscriber.catchUp();
      assertThat(subscriber.ids()).isEqualTo(TestingEvents.ids(all));
    }
  }

  private static void assertRefused(TestingRig rig, String message) {
    try (rig) {
      assertThatThrownBy(rig::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void plain(String version) throws Exception {
    assertArrives(rig(ws(), ", version: " + version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void encrypted(String version) throws Exception {
    assertArrives(rig(wss(), trusting() + ", version: " + version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void encryptedThroughAProxy(String version) throws Exception {
    assertArrives(rig(wss(), trusting() + through("let-me-out") + ", version: " + version));
    assertThat(proxy.said()).contains("CONNECT 127.0.0.1:" + encrypted + " HTTP/1.1");
  }

  @Test
  void plainThroughAProxy() throws Exception {
    assertArrives(rig(ws(), through("let-me-out")));
  }

  @Test
  void proxyThatRefusesTheLoginIsReported() throws Exception {
    assertRefused(
        rig(wss(), trusting() + through("wrong")),
        "proxy 127.0.0.1:"
            + proxy.port()
            + " does not connect to 127.0.0.1:"
            + encrypted
            + ": check proxy_username and proxy_password_file (HTTP/1.0 401 Unauthorized)");
  }

  @Test
  void proxyThatRequiresALoginIsReported() throws Exception {
    assertRefused(
        rig(wss(), trusting() + ", proxy: \"127.0.0.1:" + proxy.port() + "\""),
        "proxy 127.0.0.1:"
            + proxy.port()
            + " does not connect to 127.0.0.1:"
            + encrypted
            + ": check proxy_username and proxy_password_file (HTTP/1.0 407 Proxy Authentication"
            + " Required)");
  }

  @Test
  void proxyThatRefusesThePortIsReported() throws Exception {
    assertRefused(
        rig("tcp://127.0.0.1:" + broker.port(), through("let-me-out")),
        "proxy 127.0.0.1:"
            + proxy.port()
            + " does not connect to 127.0.0.1:"
            + broker.port()
            + ": does it allow this host and port, and is server right? (HTTP/1.1 403 Access"
            + " violation)");
  }

  @Test
  void absentProxyIsReported() throws Exception {
    int nobody = TestingPorts.free();
    assertRefused(
        rig(wss(), trusting() + ", proxy: \"127.0.0.1:" + nobody + "\""),
        "proxy 127.0.0.1:"
            + nobody
            + " cannot be reached: is it up, and is proxy right? (Connection refused)");
  }

  @Test
  void portThatIsNoWebSocketIsReported() {
    try (TestingRig rig = rig("ws://127.0.0.1:" + broker.port() + "/mqtt", "")) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessageStartingWith(
              "ws://127.0.0.1:"
                  + broker.port()
                  + "/mqtt does not open a WebSocket for MQTT: check the port and the path in"
                  + " server");
    }
  }

  @Test
  void unknownAuthorityIsRefused() throws Exception {
    try (TestingRig rig = rig(wss(), through("let-me-out"))) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              "the certificate of "
                  + wss()
                  + " is not signed by an authority in the trust store of Java: set"
                  + " ca_file");
    }
  }
}
