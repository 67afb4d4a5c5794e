package io.sessionbridge.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.spi.HostActivity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** States change only with what is durable, and those of other hosts are bounded. */
class TrackedHostsTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final TrackedHosts hosts =
      new TrackedHosts("own", TrackerSettings.ofLiveHost(), TrackedHosts.FOREIGN_BYTES);
  private int seconds;

  private Report report(Kind kind, String host, boolean live) {
    seconds++;
    EventData data =
        TestingHost.kim(TestingHost.data(kind, 2))
            .put(Field.HOST_ID, host)
            .put(Field.UPTIME_MS, seconds * 1000L)
            .build();
    return new Report(
        "wts",
        "wts",
        new Observation(live, TIME.plusSeconds(seconds), data, null, java.util.Optional.empty()));
  }

  private Write write(Kind kind, String name) {
    Write write = hosts.begin(index -> name + index);
    write.apply(report(kind, "own", true));
    return write;
  }

  /** With the bundle's {@code -Xmx96m}, 64 MiB would leave nothing for the rest. */
  @Test
  void smallHeapHoldsFewerForeignHosts() {
    assertThat(TrackedHosts.foreignBytes(96L << 20)).isEqualTo(12L << 20);
    assertThat(TrackedHosts.foreignBytes(512L << 20)).isEqualTo(64L << 20);
    assertThat(TrackedHosts.foreignBytes(8L << 30)).isEqualTo(64L << 20);
  }

  @Test
  void stateInFlightIsNotShownButBuiltUpon() {
    Write logon = write(Kind.LOGON, "a-");
    Write lock = write(Kind.LOCK, "b-");
    assertThat(hosts.own().sessions()).isEmpty();
    assertThat(lock.events().get(0).data().get(Field.SESSION_KEY)).isEqualTo("a-0");
    hosts.commit(lock);
    assertThat(hosts.own().sessions()).isEmpty();
    hosts.commit(logon);
    assertThat(hosts.own().session(2).orElseThrow().locked()).contains(true);
  }

  @Test
  void failedWriteIsDroppedAndLaterOnesAreKept() {
    Write logon = write(Kind.LOGON, "a-");
    Write lock = write(Kind.LOCK, "b-");
    Write unlock = write(Kind.UNLOCK, "c-");
    hosts.discard(lock);
    hosts.commit(unlock);
    hosts.commit(logon);
    SessionView session = hosts.own().session(2).orElseThrow();
    assertThat(session.locked()).contains(false);
    assertThat(session.key()).isEqualTo("a-0");
    Write next = write(Kind.LOCK, "d-");
    assertThat(next.events().get(0).data().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(3);
  }

  @Test
  void failedFirstWriteLeavesNothing() {
    Write logon = write(Kind.LOGON, "a-");
    hosts.discard(logon);
    assertThat(hosts.own().sessions()).isEmpty();
    Write again = write(Kind.LOGON, "b-");
    hosts.commit(again);
    assertThat(hosts.own().session(2).orElseThrow().key()).isEqualTo("b-0");
  }

  @Test
  void recordsOfThePastAreNotTheLiveHost() {
    Write write = hosts.begin(index -> "a-" + index);
    write.apply(report(Kind.LOGON, "own", false));
    hosts.commit(write);
    assertThat(hosts.own().sessions()).isEmpty();
    assertThat(hosts.others()).hasSize(1);
  }

  @Test
  void othersAreBounded() {
    TrackedHosts few = new TrackedHosts("own", TrackerSettings.ofLiveHost(), 100_000);
    for (int i = 0; i < 10_000; i++) {
      Write write = few.begin(index -> "a-" + index);
      write.apply(report(Kind.LOGON, "host-" + i, false));
      few.commit(write);
    }
    assertThat(few.others()).hasSize(40);
    assertThat(few.others().get(39).hostId()).isEqualTo("host-9999");
    assertThat(few.evicted()).isEqualTo(9_960);
  }

  @Test
  void inventedSessionsPassWithoutTakingMemory() {
    for (long id = 1; id <= HostSessions.MAX_SESSIONS + 5; id++) {
      EventData data =
          TestingHost.data(Kind.LOGON, id)
              .put(Field.HOST_ID, "own")
              .put(Field.USER_NAME, "u" + id)
              .build();
      Write write = hosts.begin(index -> "a-" + index);
      write.apply(new Report("wts", "wts", Observation.live(TIME, data)));
      assertThat(write.events()).hasSize(1);
      boolean tracked = id <= HostSessions.MAX_SESSIONS;
      assertThat(write.events().get(0).data().has(Field.SESSION_KEY)).isEqualTo(tracked);
      hosts.commit(write);
    }
    assertThat(hosts.own().sessions()).hasSize(HostSessions.MAX_SESSIONS);
  }

  @Test
  void ownStepsAreWrites() {
    Write write = hosts.begin(index -> "a-" + index);
    Moment first = Moment.of(TIME, 1000);
    write.own((tracker, before, ids) -> tracker.advanceTo(before, first, ids));
    Moment later = Moment.of(TIME.plusSeconds(300), 301_000);
    write.own((tracker, before, ids) -> tracker.advanceTo(before, later, ids));
    assertThat(write.events())
        .extracting(event -> event.data().kind())
        .containsExactly(Kind.HOST_IDLE);
    hosts.commit(write);
    assertThat(hosts.own().activity().state()).isEqualTo(HostActivity.State.IDLE);
  }
}
