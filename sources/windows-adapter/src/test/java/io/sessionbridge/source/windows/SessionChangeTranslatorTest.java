package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.windows.SessionChange;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionChangeTranslatorTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");

  private static Observation translated(int code, long session) {
    return SessionChangeTranslator.translate(
            new Stamped<>(new SessionChange(code, session), NOON, OptionalLong.of(5000)))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "0x1, CONSOLE_CONNECT",
    "0x2, CONSOLE_DISCONNECT",
    "0x3, REMOTE_CONNECT",
    "0x4, REMOTE_DISCONNECT",
    "0x5, LOGON",
    "0x6, LOGOFF",
    "0x7, LOCK",
    "0x8, UNLOCK",
    "0x9, REMOTE_CONTROL",
    "0xA, SESSION_CREATE",
    "0xB, SESSION_TERMINATE",
    "0xF, DESKTOP_READY",
    "0x0, OTHER",
    "0xC, OTHER",
    "0x7FFFFFFF, OTHER"
  })
  void everyCodeBecomesAnEvent(String code, Kind kind) {
    int value = Integer.decode(code);
    assertThat(translated(value, 3).data().toString())
        .isEqualTo(
            "{\"kind\":\"%s\",\"session_id\":3,\"raw_code\":%d,\"uptime_ms\":5000}"
                .formatted(kind.wireName(), value));
  }

  @Test
  void usesTheTimeOfTheNotification() {
    Observation lock = translated(7, 0xFFFF_FFFFL);
    assertThat(lock.time()).isEqualTo(NOON);
    assertThat(lock.live()).isTrue();
    assertThat(lock.data().toString()).contains("\"session_id\":4294967295");
  }

  @Test
  void omitsAnUnknownUptime() {
    Observation lock =
        SessionChangeTranslator.translate(
                new Stamped<>(new SessionChange(-1, 1), NOON, OptionalLong.empty()))
            .orElseThrow();
    assertThat(lock.data().toString())
        .isEqualTo("{\"kind\":\"other\",\"session_id\":1,\"raw_code\":4294967295}");
  }
}
