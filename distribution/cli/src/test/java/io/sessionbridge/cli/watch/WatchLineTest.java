package io.sessionbridge.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WatchLineTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:15:02.123456Z");

  private static String text(EventData.Builder data) {
    return WatchLine.text(Observation.live(TIME, data.build()), ZoneOffset.ofHours(1));
  }

  @Test
  void namesTimeKindSessionAndUser() {
    assertThat(
            text(
                EventData.builder(Kind.LOCK)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.HOST_NAME, "HERE")
                    .put(Field.USER_DOMAIN, "CONTOSO")
                    .put(Field.USER_NAME, "kim")))
        .isEqualTo("2026-11-20 09:15:02.123  lock                session 2  CONTOSO\\kim");
    assertThat(text(EventData.builder(Kind.HOST_SUSPEND)))
        .isEqualTo("2026-11-20 09:15:02.123  host_suspend");
    assertThat(text(EventData.builder(Kind.LOGON).put(Field.USER_NAME, "kim")))
        .isEqualTo("2026-11-20 09:15:02.123  logon               kim");
  }

  @Test
  void namesTheCodeThatHasNoName() {
    assertThat(
            text(EventData.builder(Kind.OTHER).put(Field.SESSION_ID, 1L).put(Field.RAW_CODE, 77L)))
        .isEqualTo("2026-11-20 09:15:02.123  other               session 1  code 77");
  }

  @Test
  void namesTheHostOfARecordedEvent() {
    EventData data = EventData.builder(Kind.LOCK).put(Field.HOST_NAME, "WS-7").build();
    assertThat(WatchLine.text(Observation.recorded(TIME, data, null), ZoneOffset.UTC))
        .isEqualTo("2026-11-20 08:15:02.123  lock                on WS-7");
  }

  @Test
  void saysHowLongItWas() {
    assertThat(
            text(
                EventData.builder(Kind.UNLOCK)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.LAST_LOCKED_SECONDS, 2_400L)))
        .isEqualTo("2026-11-20 09:15:02.123  unlock              session 2  after 40 min");
    assertThat(
            text(
                EventData.builder(Kind.LOGOFF)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.SESSION_SECONDS, 29_100L)
                    .put(Field.ACTIVE_SECONDS, 21_600L)
                    .put(Field.LOCKED_SECONDS, 5_400L)
                    .put(Field.ASLEEP_SECONDS, 2_100L)
                    .put(Field.INFERRED, true)
                    .put(Field.EVIDENCE, "winlogon_7002")))
        .endsWith(
            "  session 2  inferred from winlogon_7002  after 8 h 5 min"
                + "  (active 6 h, locked 1 h 30 min, asleep 35 min)");
  }

  @Test
  void saysWhetherSomebodyIsThere() {
    assertThat(
            text(
                EventData.builder(Kind.HOST_IDLE)
                    .put(Field.BASIS, "locked")
                    .put(Field.LAST_HOST_ACTIVE_SECONDS, 3_600L)))
        .isEqualTo("2026-11-20 09:15:02.123  host_idle           locked  after 1 h");
    assertThat(text(EventData.builder(Kind.HOST_ACTIVE).put(Field.BASIS, "unknown")))
        .isEqualTo("2026-11-20 09:15:02.123  host_active         unknown");
  }

  @Test
  void steersNoTerminal() {
    assertThat(
            text(EventData.builder(Kind.LOCK).put(Field.USER_NAME, "a\u001b[2J\n\u202eb\u0085ü")))
        .endsWith("  a\uFFFD[2J \uFFFDb ü");
  }

  @Test
  void cutsWhatIsTooLongToBeAName() {
    String name = "x".repeat(256 * 1024);
    assertThat(text(EventData.builder(Kind.LOCK).put(Field.USER_NAME, name)))
        .endsWith("x [cut]")
        .hasSizeLessThan(600);
  }

  @Test
  void jsonSteersNoTerminal() {
    EventData data = EventData.builder(Kind.LOCK).put(Field.USER_NAME, "a\u202e2J\u2028").build();
    assertThat(WatchLine.json(Observation.live(TIME, data)))
        .endsWith("\"user_name\":\"a\\u202E2J\\u2028\"}");
  }

  @Test
  void isJsonThatReplayReads() {
    EventData data = EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 2L).build();
    assertThat(WatchLine.json(Observation.live(TIME, data)))
        .isEqualTo("{\"time\":\"2026-11-20T08:15:02.123456Z\",\"kind\":\"lock\",\"session_id\":2}");
  }
}
