package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.fleet.VirtualHost.HostEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualHostTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

  @Test
  void aDayIsATrueHistory() {
    for (int number = 0; number < 200; number++) {
      Map<Long, Kind> last = new HashMap<>();
      for (HostEvent event : VirtualHost.day(number)) {
        Kind kind = event.data().kind();
        Long session = event.data().get(Field.SESSION_ID);
        Kind before = last.put(session, kind);
        assertThat(mayFollow(before, kind)).as("%s after %s", kind, before).isTrue();
      }
      assertThat(last.values()).containsOnly(Kind.SESSION_TERMINATE);
    }
  }

  private static boolean mayFollow(Kind before, Kind kind) {
    return switch (kind) {
      case SESSION_CREATE -> before == null;
      case LOGON -> before == Kind.CONSOLE_CONNECT || before == Kind.REMOTE_CONNECT;
      case SHELL_START -> before == Kind.LOGON;
      case UNLOCK -> before == Kind.LOCK;
      case SESSION_TERMINATE ->
          before == Kind.CONSOLE_DISCONNECT || before == Kind.REMOTE_DISCONNECT;
      default -> before != null && before != Kind.SESSION_TERMINATE;
    };
  }

  @Test
  void aHostHasAsManyEventsADayAsOneOfAnOffice() {
    double mean =
        IntStream.range(0, 1000)
            .mapToLong(host -> VirtualHost.day(host).size())
            .average()
            .orElse(0);
    assertThat(mean).isBetween(20.0, 40.0);
  }

  @Test
  void mostStartWithinTwentyMinutes() {
    List<Duration> starts =
        IntStream.range(0, 10_000).mapToObj(Scenario.MORNING::start).sorted().toList();
    Duration from = Duration.ofMinutes(430);
    long early =
        starts.stream()
            .filter(at -> at.compareTo(from) >= 0 && at.minus(from).toMinutes() < 20)
            .count();
    assertThat(early).isBetween(8600L, 8800L);
    assertThat(starts.get(9999)).isLessThan(Scenario.MORNING.end(new FleetOptions()));
  }

  @Test
  void whatIsNotDurableIsEmittedAgain() {
    FleetOptions options = new FleetOptions();
    Timeline timeline = Timeline.of(3, MIDNIGHT, options);
    List<Observation> due = timeline.due(Duration.ofDays(1));
    assertThat(timeline.due(Duration.ofDays(1))).hasSameSizeAs(due).hasSizeGreaterThan(10);
    timeline.emitted(4);
    assertThat(timeline.due(Duration.ofDays(1))).hasSize(due.size() - 4);
    assertThat(timeline.emittedCount()).isEqualTo(4);
    assertThat(timeline.count()).isEqualTo(due.size());
  }

  @Test
  void aRelayNumbersEachHostByItself() {
    FleetOptions options = new FleetOptions();
    options.hosts = 10;
    options.hostsPerAgent = 5;
    Timeline timeline = Timeline.of(1, MIDNIGHT, options);
    Map<String, Long> newest = new HashMap<>();
    for (List<Observation> due = timeline.due(Duration.ofDays(1));
        !due.isEmpty();
        due = timeline.due(Duration.ofDays(1))) {
      for (Observation one : due) {
        String source = one.origin().orElseThrow().source();
        long number = Long.parseLong(one.origin().orElseThrow().sequence().orElseThrow());
        assertThat(number).isEqualTo(newest.merge(source, 1L, Long::sum));
      }
      timeline.emitted(due.size());
    }
    assertThat(newest).hasSize(5).containsKey("/sessionbridge/fleet-0000005");
  }
}
