package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Observation;
import io.sessionbridge.windows.driver.DriverRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KernelTranslatorTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant THEN = Instant.parse("2026-11-20T11:59:58.123456Z");
  private static final Optional<Boolean> CONSOLE = Optional.of(true);
  private static final Optional<Boolean> REMOTE = Optional.of(false);
  private static final Optional<Boolean> UNKNOWN = Optional.empty();

  private final SessionSides sides = new SessionSides();

  private static DriverRecord record(int event, OptionalLong session, Optional<Boolean> local) {
    return new DriverRecord(1000, 1, Optional.of(THEN), 5000, 0, event, session, 0, local);
  }

  private String data(int event, long session, Optional<Boolean> local) {
    return translated(record(event, OptionalLong.of(session), local)).data().toString();
  }

  private Observation translated(DriverRecord record) {
    return KernelTranslator.translate(record, sides, NOON);
  }

  @Test
  void translatesEachEvent() {
    assertThat(data(1, 3, UNKNOWN))
        .isEqualTo(
            "{\"kind\":\"session_create\",\"session_id\":3,\"raw_code\":1,\"uptime_ms\":5000}");
    assertThat(data(3, 3, CONSOLE))
        .isEqualTo(
            "{\"kind\":\"console_connect\",\"session_id\":3,\"raw_code\":3,\"uptime_ms\":5000,"
                + "\"remote\":false}");
    assertThat(data(5, 3, CONSOLE)).contains("\"logon\"", "\"remote\":false");
    assertThat(data(6, 3, UNKNOWN)).contains("\"logoff\"", "\"remote\":false");
    assertThat(data(2, 3, UNKNOWN)).contains("\"session_terminate\"");
    assertThat(data(77, 3, UNKNOWN)).contains("\"other\"", "\"raw_code\":77");
    assertThat(data(-1, 3, UNKNOWN)).contains("\"other\"", "\"raw_code\":4294967295");
  }

  @Test
  void usesTheTimeOfTheDriver() {
    Observation event = translated(record(1, OptionalLong.of(3), UNKNOWN));
    assertThat(event.time()).isEqualTo(THEN);
    assertThat(event.live()).isTrue();
    DriverRecord timeless =
        new DriverRecord(
            1000, 1, Optional.empty(), 5000, 0, 1, OptionalLong.of(3), 0, Optional.empty());
    assertThat(translated(timeless).time()).isEqualTo(NOON);
  }

  @Test
  void remembersTheSideOfEachSession() {
    assertThat(data(3, 3, CONSOLE)).contains("\"console_connect\"");
    assertThat(data(3, 4, REMOTE)).contains("\"remote_connect\"", "\"remote\":true");
    assertThat(data(4, 4, UNKNOWN)).contains("\"remote_disconnect\"", "\"remote\":true");
    assertThat(data(4, 3, UNKNOWN)).contains("\"console_disconnect\"", "\"remote\":false");
    assertThat(data(3, 3, REMOTE)).contains("\"remote_connect\"");
    assertThat(data(4, 3, UNKNOWN)).contains("\"remote_disconnect\"");
  }

  @Test
  void takesNoSideFromThePreviousConnection() {
    data(3, 3, CONSOLE);
    assertThat(data(3, 3, UNKNOWN)).contains("\"remote_connect\"").doesNotContain("\"remote\"");
    assertThat(data(4, 3, UNKNOWN)).contains("\"remote_disconnect\"").doesNotContain("\"remote\"");
  }

  @Test
  void forgetsASessionThatEnded() {
    data(3, 3, CONSOLE);
    assertThat(data(2, 3, UNKNOWN)).contains("\"remote\":false");
    assertThat(data(4, 3, UNKNOWN)).contains("\"remote_disconnect\"").doesNotContain("\"remote\"");
    assertThat(sides.size()).isZero();
  }

  @Test
  void omitsTheSessionIfTheKernelNamesNone() {
    assertThat(translated(record(1, OptionalLong.empty(), UNKNOWN)).data().toString())
        .isEqualTo("{\"kind\":\"session_create\",\"raw_code\":1,\"uptime_ms\":5000}");
  }
}
