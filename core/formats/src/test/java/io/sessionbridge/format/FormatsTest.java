package io.sessionbridge.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EncodedEvent.Attribute;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final SessionEvent EVENT =
      SessionEvent.of(
          "ab-1",
          "/sessionbridge/h1",
          Instant.parse("2026-11-20T08:00:00Z"),
          Instant.parse("2026-11-20T08:00:01Z"),
          1,
          EventData.builder(Kind.LOCK)
              .put(Field.HOST_ID, "h1")
              .put(Field.SESSION_ID, 2L)
              .put(Field.USER_NAME, "kim")
              .build());

  @Test
  void structuredIsOneDocument() {
    EncodedEvent encoded = new CloudEventsFormat().encode(EVENT);
    assertThat(text(encoded))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"ab-1\",\"source\":\"/sessionbridge/h1\","
                + "\"type\":\"io.sessionbridge.session.lock.v1\",\"subject\":\"session/2\","
                + "\"time\":\"2026-11-20T08:00:00.000000Z\","
                + "\"recordedtime\":\"2026-11-20T08:00:01.000000Z\","
                + "\"sequence\":\"00000000000000000001\",\"partitionkey\":\"h1\","
                + "\"dataschema\":\"urn:sessionbridge:schema:session-event:1\","
                + "\"datacontenttype\":\"application/json\","
                + "\"data\":{\"kind\":\"lock\",\"host_id\":\"h1\",\"session_id\":2,"
                + "\"user_name\":\"kim\"}}");
    assertThat(encoded.contentType()).isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(encoded.attributes()).isEmpty();
  }

  @Test
  void binaryPassesTheBytesOn() {
    EncodedEvent encoded = new CloudEventsBinaryFormat().encode(EVENT);
    assertThat(encoded.body()).isSameAs(EVENT.json());
    assertThat(encoded.contentType()).isEqualTo("application/json");
    assertThat(encoded.attributes())
        .contains(
            new Attribute("specversion", "1.0"),
            new Attribute("id", "ab-1"),
            new Attribute("subject", "session/2"),
            new Attribute("partitionkey", "h1"));
  }

  @Test
  void jsonIsFlat() {
    assertThat(text(new JsonFormat().encode(EVENT)))
        .isEqualTo(
            "{\"id\":\"ab-1\",\"time\":\"2026-11-20T08:00:00.000000Z\","
                + "\"recordedtime\":\"2026-11-20T08:00:01.000000Z\","
                + "\"sequence\":\"00000000000000000001\",\"kind\":\"lock\",\"host_id\":\"h1\","
                + "\"session_id\":2,\"user_name\":\"kim\"}");
  }

  private static String text(EncodedEvent encoded) {
    return new String(encoded.body(), StandardCharsets.UTF_8);
  }
}
