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

class EcsFormatTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  private static JsonNode ecs(EventData.Builder data) {
    EventData complete = data.put(Field.HOST_ID, "h1").build();
    SessionEvent event = SessionEvent.of("ab-1", "/sessionbridge/h1", TIME, TIME, 1, complete);
    return JSON.readTree(SiemFormat.ECS.format().encode(event).body());
  }

  @Test
  void whatWindowsDeniedIsNoSuccess() {
    EventData.Builder data = EventData.builder(Kind.LOGON);
    assertThat(ecs(data).at("/event/outcome").asString()).isEqualTo("success");
    data.put(Field.CONFIRMED, true);
    assertThat(ecs(data).at("/event/outcome").asString()).isEqualTo("success");
    data.put(Field.CONFIRMED, false);
    assertThat(ecs(data).at("/event/outcome").isMissingNode()).isTrue();
    assertThat(ecs(data).at("/sessionbridge/confirmed").asBoolean(true)).isFalse();
  }

  @Test
  void aUserThatIsKnownByItsPrincipalNameAloneIsNamedByIt() {
    EventData.Builder data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_NAME, "HOST7")
            .put(Field.USER_UPN, "kim@contoso.example");
    assertThat(ecs(data).at("/user/name").asString()).isEqualTo("kim@contoso.example");
    assertThat(ecs(data).at("/related/user/0").asString()).isEqualTo("kim@contoso.example");
    assertThat(ecs(data).at("/message").asString())
        .isEqualTo("kim@contoso.example logged on to a session on HOST7");
    data.put(Field.USER_NAME, "kim");
    assertThat(ecs(data).at("/user/name").asString()).isEqualTo("kim");
    assertThat(ecs(data).at("/related/user/0").asString()).isEqualTo("kim");
    assertThat(ecs(data).at("/message").asString())
        .isEqualTo("kim logged on to a session on HOST7");
  }

  @Test
  void theHourIsThatOfTheHost() {
    EventData.Builder data = EventData.builder(Kind.LOGON);
    assertThat(ecs(data).at("/sessionbridge").has("local_hour")).isFalse();
    data.put(Field.LOCAL_OFFSET, "-09:30");
    assertThat(ecs(data).at("/sessionbridge/local_hour").asInt()).isEqualTo(22);
    assertThat(ecs(data).at("/sessionbridge/local_weekday").asInt()).isEqualTo(4);
    data.put(Field.LOCAL_OFFSET, "+14:00");
    assertThat(ecs(data).at("/sessionbridge/local_hour").asInt()).isEqualTo(22);
    assertThat(ecs(data).at("/sessionbridge/local_weekday").asInt()).isEqualTo(5);
  }

  @Test
  void anOffsetThatIsNoneHasNoHour() {
    EventData.Builder data = EventData.builder(Kind.LOGON).put(Field.LOCAL_OFFSET, "summer");
    assertThat(ecs(data).at("/sessionbridge").has("local_hour")).isFalse();
    assertThat(ecs(data).at("/event/timezone").asString()).isEqualTo("summer");
  }

  @Test
  void aLogoffLastsAsLongAsItsSession() {
    EventData.Builder data = EventData.builder(Kind.LOGOFF).put(Field.LAST_ACTIVE_SECONDS, 1_800L);
    assertThat(ecs(data).at("/event/duration").isMissingNode()).isTrue();
    data.put(Field.SESSION_SECONDS, 3_600L);
    assertThat(ecs(data).at("/event/duration").asLong()).isEqualTo(3_600_000_000_000L);
  }

  @Test
  void aDurationBeyondAllNumbersIsTheLargest() {
    EventData.Builder data =
        EventData.builder(Kind.LOGOFF).put(Field.SESSION_SECONDS, Long.MAX_VALUE / 2);
    assertThat(ecs(data).at("/event/duration").asLong()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anAddressThatIsNoMachinesIsNoSource() {
    for (String none : List.of("0.0.0.0", "::", "::%3")) {
      EventData.Builder data =
          EventData.builder(Kind.REMOTE_CONNECT).put(Field.CLIENT_ADDRESS, none);
      assertThat(ecs(data).has("source")).isFalse();
      assertThat(ecs(data).at("/sessionbridge/client_address").asString()).isEqualTo(none);
      data.put(Field.CLIENT_NAME, "LAPTOP9");
      assertThat(ecs(data).at("/source").toString())
          .isEqualTo("{\"address\":\"LAPTOP9\",\"domain\":\"LAPTOP9\"}");
    }
    JsonNode shown =
        ecs(EventData.builder(Kind.REMOTE_CONNECT).put(Field.CLIENT_ADDRESS, "fe80::1%3"));
    assertThat(shown.at("/source").toString())
        .isEqualTo("{\"address\":\"fe80::1%3\",\"ip\":\"fe80::1\"}");
    assertThat(shown.at("/sessionbridge").has("client_address")).isFalse();
  }

  @Test
  void eachNameOfTheHostIsRelated() {
    EventData.Builder data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_NAME, "HOST7")
            .put(Field.HOST_FQDN, "host7.contoso.example")
            .put(Field.CLIENT_NAME, "HOST7");
    assertThat(ecs(data).at("/related/hosts").toString())
        .isEqualTo("[\"host7.contoso.example\",\"HOST7\"]");
  }

  @Test
  void aFieldOfALaterVersionOverwritesNothing() throws Exception {
    String json = "{\"kind\":\"lock\",\"host_id\":\"h1\",\"source\":\"/forged\",\"later\":\"x\"}";
    JsonNode own = ecs(EventJson.read(json.getBytes(UTF_8)).toBuilder()).at("/sessionbridge");
    assertThat(own.at("/source").asString()).isEqualTo("/sessionbridge/h1");
    assertThat(own.at("/later").asString()).isEqualTo("x");
  }
}
