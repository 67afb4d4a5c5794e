package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CefFormatTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private static String cef(Product product, SessionEvent event) {
    return new String(new CefFormat(product).encode(event).body(), UTF_8);
  }

  private static String cef(EventData.Builder data) {
    EventData complete = data.put(Field.HOST_ID, "h1").build();
    return cef(
        new Product("SessionBridge", "SessionBridge", "1.0.0"),
        SessionEvent.of("ab-1", "/sessionbridge/h1", TIME, TIME, 1, complete));
  }

  @Test
  void theHeaderEscapesWhatSeparatesItsFields() {
    SessionEvent event =
        SessionEvent.of(
            "ab-1",
            "/s",
            TIME,
            TIME,
            1,
            EventData.builder(Kind.HOST_IDLE).put(Field.HOST_ID, "h1").build());
    assertThat(cef(new Product("V|1", "P\\", "1|2\\3=4"), event))
        .startsWith("CEF:0|V\\|1|P\\\\|1\\|2\\\\3=4|host_idle|Host Idle|1|rt=1795161600000 start=");
  }

  @Test
  void aValueThatIsLongerThanItsKeyAllowsEndsVisibly() {
    String message = cef(EventData.builder(Kind.LOCK).put(Field.USER_DOMAIN, "d".repeat(256)));
    assertThat(message).contains(" dntdom=" + "d".repeat(249) + " [cut]");
  }

  @Test
  void anIdentityThatDoesNotFitIsReportedWholeElsewhere() throws Exception {
    Origin origin = new Origin("i".repeat(41), "/other", Optional.of("seq-7"), Optional.of(TIME));
    EventData data = EventData.builder(Kind.LOCK).put(Field.HOST_ID, "h1").build();
    byte[] record = EventRecord.encode("relay", Observation.imported(TIME, data, null, origin));
    SessionEvent event = EventRecord.decode(record).toEvent("/sessionbridge/h0", "ab", 3, TIME);
    assertThat(cef(new Product("SessionBridge", "SessionBridge", "1.0.0"), event))
        .doesNotContain("externalId=", "cn2=")
        .contains(" SessionBridgeSequence=seq-7 ")
        .contains(" SessionBridgeId=" + "i".repeat(41) + " ")
        .contains(" SessionBridgeSource=/other ");
  }

  @Test
  void aFieldOfALaterVersionIsReportedUnderALegalKey() throws Exception {
    byte[] json =
        "{\"kind\":\"lock\",\"host_id\":\"h1\",\"later_Thing=x é\":\"a=b\",\"n\":1.5}"
            .getBytes(UTF_8);
    SessionEvent event = SessionEvent.of("ab-1", "/s", TIME, TIME, 1, EventJson.read(json));
    assertThat(cef(new Product("SessionBridge", "SessionBridge", "1.0.0"), event))
        .endsWith(" SessionBridgeLaterThingx=a\\=b SessionBridgeN=1.5");
  }

  @Test
  void aFieldOfALaterVersionForgesNoKey() throws Exception {
    String json =
        "{\"kind\":\"lock\",\"host_id\":\"h1\",\"source\":\"/forged\",\"_\":\"x\",\"漢\":\"y\"}";
    SessionEvent event =
        SessionEvent.of("ab-1", "/s", TIME, TIME, 1, EventJson.read(json.getBytes(UTF_8)));
    assertThat(cef(new Product("SessionBridge", "SessionBridge", "1.0.0"), event))
        .endsWith(" SessionBridgeSource=/s deviceExternalId=h1");
  }

  @Test
  void whatWindowsDeniedIsNoSuccess() {
    EventData.Builder data = EventData.builder(Kind.LOGON);
    assertThat(cef(data)).contains(" outcome=success ");
    assertThat(cef(data.put(Field.CONFIRMED, true))).contains(" outcome=success ");
    assertThat(cef(data.put(Field.CONFIRMED, false)))
        .doesNotContain("outcome=")
        .contains(" SessionBridgeConfirmed=false");
  }

  @Test
  void ipv4WrittenAsIpv6IsIpv4() {
    assertThat(cef(EventData.builder(Kind.LOGON).put(Field.CLIENT_ADDRESS, "::ffff:192.0.2.7")))
        .contains(" src=192.0.2.7 ")
        .contains(" SessionBridgeClientAddress=::ffff:192.0.2.7");
  }
}
