package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OcsfFormatTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode ocsf(EventData.Builder data) {
    EventData complete = data.put(Field.HOST_ID, "h1").build();
    SessionEvent event = SessionEvent.of("ab-1", "/sessionbridge/h1", TIME, TIME, 1, complete);
    return JSON.readTree(SiemFormat.OCSF.format().encode(event).body());
  }

  @Test
  void whatWindowsDeniedIsNoSuccess() {
    EventData.Builder data = EventData.builder(Kind.LOGON);
    assertThat(ocsf(data).at("/status_id").asInt()).isEqualTo(1);
    data.put(Field.CONFIRMED, true);
    assertThat(ocsf(data).at("/status_id").asInt()).isEqualTo(1);
    data.put(Field.CONFIRMED, false);
    assertThat(ocsf(data).has("status_id")).isFalse();
    assertThat(ocsf(data).has("status")).isFalse();
    assertThat(ocsf(data).at("/unmapped/confirmed").asBoolean(true)).isFalse();
  }

  @Test
  void aLogoffLastsAsLongAsItsSession() {
    EventData.Builder data = EventData.builder(Kind.LOGOFF).put(Field.LAST_ACTIVE_SECONDS, 1_800L);
    assertThat(ocsf(data).at("/duration").isMissingNode()).isTrue();
    data.put(Field.SESSION_SECONDS, 3_600L);
    assertThat(ocsf(data).at("/duration").asLong()).isEqualTo(3_600_000L);
  }

  @Test
  void aDurationBeyondAllNumbersIsTheLargest() {
    EventData.Builder data =
        EventData.builder(Kind.LOGOFF).put(Field.SESSION_SECONDS, Long.MAX_VALUE / 2);
    assertThat(ocsf(data).at("/duration").asLong()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theLogonTypeHasTheCaptionOfItsId() {
    EventData.Builder data = EventData.builder(Kind.LOGON).put(Field.LOGON_TYPE, "service");
    assertThat(ocsf(data).at("/logon_type_id").asInt()).isEqualTo(5);
    assertThat(ocsf(data).at("/logon_type").asString()).isEqualTo("OS Service");
    data.put(Field.LOGON_TYPE, "network_cleartext");
    assertThat(ocsf(data).at("/logon_type").asString()).isEqualTo("Network Cleartext");
  }

  @Test
  void aUserThatIsKnownByItsPrincipalNameAloneIsSomebody() {
    for (Kind kind : List.of(Kind.LOGON, Kind.REMOTE_CONNECT)) {
      EventData.Builder data = EventData.builder(kind).put(Field.USER_UPN, "kim@contoso.example");
      JsonNode user = ocsf(data).at("/user");
      assertThat(user.at("/name").asString()).isEqualTo("kim@contoso.example");
      assertThat(user.has("uid")).isFalse();
      assertThat(ocsf(data).at("/message").asString()).startsWith("kim@contoso.example ");
      data.put(Field.USER_NAME, "kim");
      assertThat(ocsf(data).at("/user/name").asString()).isEqualTo("kim");
    }
    assertThat(ocsf(EventData.builder(Kind.LOGON)).at("/user/uid").asString()).isEqualTo("S-1-0-0");
  }

  @Test
  void aFieldOfALaterVersionOverwritesNothing() throws Exception {
    String json = "{\"kind\":\"lock\",\"host_id\":\"h1\",\"source\":\"/forged\",\"later\":\"x\"}";
    JsonNode own = ocsf(EventJson.read(json.getBytes(UTF_8)).toBuilder()).at("/unmapped");
    assertThat(own.at("/source").asString()).isEqualTo("/sessionbridge/h1");
    assertThat(own.at("/later").asString()).isEqualTo("x");
  }
}
