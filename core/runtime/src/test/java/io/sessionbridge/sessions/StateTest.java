package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A state as bytes, and rebuilt from written events. */
class StateTest {

  private static final Kind[] KINDS = {
    Kind.LOGON,
    Kind.LOGOFF,
    Kind.LOCK,
    Kind.UNLOCK,
    Kind.CONSOLE_CONNECT,
    Kind.CONSOLE_DISCONNECT,
    Kind.REMOTE_CONNECT,
    Kind.REMOTE_DISCONNECT,
    Kind.SCREENSAVER_START,
    Kind.SCREENSAVER_STOP,
    Kind.SESSION_CREATE,
    Kind.SESSION_TERMINATE
  };

  private static void happen(TestingHost host, Random random, int i) {
    host.pass(Duration.ofMillis(random.nextInt(20_000)));
    long session = random.nextInt(4);
    Kind kind = KINDS[random.nextInt(KINDS.length)];
    switch (random.nextInt(14)) {
      case 0 -> host.host(Kind.HOST_SUSPEND);
      case 1 -> host.host(Kind.HOST_RESUME);
      case 2 -> host.sens(kind, random.nextBoolean() ? "kim" : "lee");
      case 3 ->
          host.note(HostCondition.of(random.nextBoolean() ? Presence.PRESENT : Presence.INACTIVE));
      case 4 -> host.pass(Duration.ofMinutes(random.nextInt(9))).advance();
      case 5 -> {
        host.host(Kind.BRIDGE_START);
        host.compare(existing(session, TestingHost::kim));
      }
      case 6 -> {
        if (random.nextInt(5) == 0) {
          host.host(Kind.HOST_SHUTDOWN);
          host.reboot("boot-" + i);
        }
      }
      case 7, 8 -> host.scm(kind, session, TestingHost::lee);
      case 9 -> host.scm(kind, session);
      default -> host.wts(kind, session, TestingHost::kim);
    }
  }

  @Test
  void decodesTheSameState() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      TestingHost host = new TestingHost();
      TestingHost twin = new TestingHost();
      for (int i = 0; i < 100; i++) {
        long step = random.nextLong();
        happen(host, new Random(step), i);
        happen(twin, new Random(step), i);
        byte[] bytes = twin.state.encode();
        twin.state = HostSessions.decode(bytes);
        assertThat(twin.state.encode()).isEqualTo(bytes);
        assertThat(bytes).isEqualTo(host.state.encode());
        assertThat(twin.written).isEqualTo(host.written);
      }
    }
  }

  /** What the sessions are, without unwritten reports. */
  private static String essence(HostSessions state) {
    return state.sessions().stream()
        .map(
            view -> view.sessionId() + view.key() + view.hasLife() + view.userName() + view.state())
        .toList()
        .toString();
  }

  @Test
  void writtenEventsGiveTheSameSessionsAndTotals() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      TestingHost host = new TestingHost();
      HostSessions rebuilt = HostSessions.empty(TestingHost.ID);
      int taken = 0;
      for (int i = 0; i < 60; i++) {
        happen(host, random, i);
        for (; taken < host.order.size(); taken++) {
          rebuilt = host.tracker.absorb(rebuilt, host.order.get(taken));
        }
        if (rebuilt.known().priorEnd() == null && host.state.known().priorEnd() == null) {
          assertThat(essence(rebuilt))
              .as("seed %d step %d", seed, i)
              .isEqualTo(essence(host.state));
        }
      }
      TestingHost twin = new TestingHost();
      twin.state = rebuilt;
      twin.copyTimeOf(host);
      for (long session = 1; session < 4; session++) {
        host.pass(Duration.ofMinutes(1)).wts(Kind.LOGOFF, session);
        twin.pass(Duration.ofMinutes(1)).wts(Kind.LOGOFF, session);
        assertThat(seconds(twin.order.get(twin.order.size() - 1)))
            .as("seed %d session %d", seed, session)
            .isEqualTo(seconds(host.order.get(host.order.size() - 1)));
      }
    }
  }

  private static String seconds(Observation event) {
    StringBuilder text = new StringBuilder(event.data().kind().wireName());
    for (Field<?> field : Field.all()) {
      if (field.name().endsWith("_seconds") && !field.name().contains("host")) {
        text.append(' ').append(field).append('=').append(event.data().get(field));
      }
    }
    return text.toString();
  }

  @Test
  void stepLeavesThePreviousStateUnchanged() {
    TestingHost host = new TestingHost();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    HostSessions before = host.state;
    byte[] bytes = before.encode();
    host.at("09:00:00").wts(Kind.LOCK, 2);
    host.wts(Kind.LOGOFF, 2);
    assertThat(before.encode()).isEqualTo(bytes);
    assertThat(before.session(2)).isPresent();
  }

  @Test
  void damagedBytesAreRefused() {
    TestingHost host = new TestingHost();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    byte[] bytes = host.state.encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> HostSessions.decode(cut)).isInstanceOf(StateFormatException.class);
    }
    byte[] newer = bytes.clone();
    newer[0] = 4;
    assertThatThrownBy(() -> HostSessions.decode(newer))
        .hasMessage("expected version 1 of a tracker's state, found 2");
  }

  @Test
  void flippedBitsNeverDoWorseThanRefuse() {
    TestingHost host = new TestingHost();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    byte[] bytes = host.state.encode();
    int refused = 0;
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      try {
        HostSessions.decode(flipped);
      } catch (StateFormatException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
