package io.sessionbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sink is shown a state again when any of it has changed, whichever part that is. */
class HostStateTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private static final HostState BEFORE =
      new HostState(TIME, Health.up(), List.of(session(true)), HostCondition.UNKNOWN);

  private static SessionState session(boolean locked) {
    return new SessionState(
        2,
        Optional.of("kim"),
        Optional.of("CONTOSO"),
        Optional.of(locked),
        Optional.of(true),
        Kind.LOCK,
        TIME);
  }

  private static HostState with(HostCondition condition) {
    return new HostState(TIME, Health.up(), List.of(session(true)), condition);
  }

  static Stream<HostState> changes() {
    return Stream.of(
        with(HostCondition.of(Presence.INACTIVE)),
        with(HostCondition.of(Display.OFF)),
        with(HostCondition.ofBattery(true)),
        with(HostCondition.ofDisplayRequest(true)),
        new HostState(TIME, Health.up(), List.of(session(false)), HostCondition.UNKNOWN),
        new HostState(TIME, Health.up(), List.of(), HostCondition.UNKNOWN),
        new HostState(TIME, Health.down("gone"), List.of(session(true)), HostCondition.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void eachChangeIsNews(HostState now) {
    assertThat(now.isNewsAfter(BEFORE)).isTrue();
    assertThat(BEFORE.isNewsAfter(now)).isTrue();
    assertThat(now.isNewsAfter(now)).isFalse();
  }

  @Test
  void thePassingOfTimeIsNot() {
    HostState later =
        new HostState(
            TIME.plusSeconds(1), Health.up(), List.of(session(true)), HostCondition.UNKNOWN);
    assertThat(later.isNewsAfter(BEFORE)).isFalse();
  }
}
