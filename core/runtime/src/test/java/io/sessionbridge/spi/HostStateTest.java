package io.sessionbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostActivity.State;
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
  private static final Instant LATER = TIME.plusSeconds(1);

  private static final SessionState SESSION =
      session("kim", "CONTOSO", true, true, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, TIME);

  private static final HostActivity ACTIVITY =
      new HostActivity(State.ACTIVE, TIME, HostActivity.PRESENCE);

  private static final HostState BEFORE = with(SESSION);

  private static SessionState session(
      String user,
      String domain,
      boolean locked,
      boolean connected,
      Kind lastKind,
      Instant lastTime,
      String key,
      LifeState state,
      Instant since) {
    return new SessionState(
        2,
        Optional.of(user),
        Optional.of(domain),
        Optional.of(locked),
        Optional.of(connected),
        lastKind,
        lastTime,
        Optional.of(key),
        Optional.of(state),
        Optional.of(since));
  }

  private static HostState with(SessionState... sessions) {
    return new HostState(
        TIME, Health.up(), List.of(sessions), HostCondition.UNKNOWN, Optional.of(ACTIVITY));
  }

  private static HostState with(HostCondition condition) {
    return new HostState(TIME, Health.up(), List.of(SESSION), condition, Optional.of(ACTIVITY));
  }

  private static HostState with(State state, Instant since, String basis) {
    return new HostState(
        TIME,
        Health.up(),
        List.of(SESSION),
        HostCondition.UNKNOWN,
        Optional.of(new HostActivity(state, since, basis)));
  }

  static Stream<HostState> changes() {
    return Stream.of(
        with(HostCondition.of(Presence.INACTIVE)),
        with(HostCondition.of(Display.OFF)),
        with(HostCondition.ofBattery(true)),
        with(HostCondition.ofDisplayRequest(true)),
        with(State.IDLE, TIME, HostActivity.PRESENCE),
        with(State.ACTIVE, LATER, HostActivity.PRESENCE),
        with(State.ACTIVE, TIME, HostActivity.DISPLAY_REQUEST),
        new HostState(TIME, Health.up(), List.of(SESSION), HostCondition.UNKNOWN),
        with(session("lee", "CONTOSO", true, true, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, TIME)),
        with(session("kim", "HERE", true, true, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, TIME)),
        with(
            session("kim", "CONTOSO", false, true, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, TIME)),
        with(
            session("kim", "CONTOSO", true, false, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, TIME)),
        with(
            session("kim", "CONTOSO", true, true, Kind.OTHER, TIME, "k-1", LifeState.LOCKED, TIME)),
        with(
            session("kim", "CONTOSO", true, true, Kind.LOCK, LATER, "k-1", LifeState.LOCKED, TIME)),
        with(session("kim", "CONTOSO", true, true, Kind.LOCK, TIME, "k-2", LifeState.LOCKED, TIME)),
        with(session("kim", "CONTOSO", true, true, Kind.LOCK, TIME, "k-1", LifeState.ACTIVE, TIME)),
        with(
            session("kim", "CONTOSO", true, true, Kind.LOCK, TIME, "k-1", LifeState.LOCKED, LATER)),
        with(),
        with(SESSION, SESSION),
        new HostState(
            TIME,
            Health.down("gone"),
            List.of(SESSION),
            HostCondition.UNKNOWN,
            Optional.of(ACTIVITY)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void eachChangeIsNews(HostState now) {
    assertThat(now.differsFrom(BEFORE)).isTrue();
    assertThat(BEFORE.differsFrom(now)).isTrue();
    assertThat(now.differsFrom(now)).isFalse();
  }

  @Test
  void thePassingOfTimeIsNot() {
    HostState later =
        new HostState(
            LATER, Health.up(), List.of(SESSION), HostCondition.UNKNOWN, Optional.of(ACTIVITY));
    assertThat(later.differsFrom(BEFORE)).isFalse();
  }
}
