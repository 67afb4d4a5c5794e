package io.sessionbridge.format.siem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import java.time.Instant;
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
}
