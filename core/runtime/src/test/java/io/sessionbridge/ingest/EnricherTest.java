package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.testkit.TestingHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnricherTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final SessionDirectory directory =
      new SessionDirectory() {
        @Override
        public Optional<EventData> find(EventData event) {
          return Optional.of(
              EventData.builder()
                  .put(Field.STATION, "Console")
                  .put(Field.USER_NAME, "kim")
                  .put(Field.USER_DOMAIN, "CONTOSO")
                  .put(Field.USER_SID, "S-1-5-21-1-2-3-1001")
                  .build());
        }

        @Override
        public List<EventData> all() {
          return List.of();
        }
      };

  private EventData enriched(String user, String domain) {
    EventData seen =
        EventData.builder(Kind.LOCK)
            .put(Field.SESSION_ID, 2L)
            .put(Field.USER_NAME, user)
            .put(Field.USER_DOMAIN, domain)
            .build();
    return new Enricher(new TestingHost("own-id", "OWN"), Optional.of(directory))
        .enrich("saver", "sens", Observation.live(TIME, seen))
        .data();
  }

  @Test
  void addsTheUserOfTheSession() {
    for (EventData data :
        List.of(enriched("", ""), enriched("kim", ""), enriched("kim", "CONTOSO"))) {
      assertThat(data.get(Field.USER_NAME)).isEqualTo("kim");
      assertThat(data.get(Field.USER_DOMAIN)).isEqualTo("CONTOSO");
      assertThat(data.get(Field.USER_SID)).isEqualTo("S-1-5-21-1-2-3-1001");
    }
    assertThat(enriched("KIM", "contoso").get(Field.USER_SID)).isNotNull();
  }

  @Test
  void doesNotMixTwoUsers() {
    for (EventData data : List.of(enriched("lee", ""), enriched("kim", "FABRIKAM"))) {
      assertThat(data.has(Field.USER_SID)).isFalse();
      assertThat(data.get(Field.USER_DOMAIN)).isNotEqualTo("CONTOSO");
      assertThat(data.get(Field.STATION)).isEqualTo("Console");
    }
    assertThat(enriched("lee", "").get(Field.USER_NAME)).isEqualTo("lee");
  }
}
