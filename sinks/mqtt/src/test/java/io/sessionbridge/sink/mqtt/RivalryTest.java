package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** When another client is said to use the client id, and how the sink then comes back. */
class RivalryTest {

  private static final Ending TAKEN_OVER = new Ending.Refused(Reason.TAKEN_OVER, Optional.empty());
  private static final Ending CLOSED = new Ending.Closed(Optional.empty());

  private final TestingClock clock = new TestingClock();
  private final Rivalry rivalry = new Rivalry("presence", "twin", clock, new SplittableRandom(1));
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Rivalry.class)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(Rivalry.class)).detachAppender(log);
  }

  private void thrownOut(Ending why, Duration after) {
    rivalry.connected();
    clock.advance(after);
    rivalry.ended(why);
  }

  @Test
  void isCertainWhereTheBrokerSaysSo() {
    thrownOut(TAKEN_OVER, Duration.ofHours(1));
    assertThat(rivalry.trouble())
        .contains(
            "another client uses the client id twin: set a client_id of its own for each agent and"
                + " sink, or host.id on cloned machines");
    assertThat(rivalry.waits()).isTrue();
  }

  @Test
  void isBelievedWhileSomethingIsOnItsWayOnlyIfTheBrokerSaysSo() {
    rivalry.connected();
    for (int i = 0; i < 20; i++) {
      rivalry.endedBusy(CLOSED);
    }
    assertThat(rivalry.trouble()).isEmpty();
    rivalry.endedBusy(TAKEN_OVER);
    assertThat(rivalry.trouble()).isPresent();
  }

  @Test
  void isProbableAfterFiveShortConnectionsInARow() {
    for (int i = 0; i < 4; i++) {
      thrownOut(CLOSED, Duration.ofSeconds(1));
    }
    assertThat(rivalry.trouble()).isEmpty();
    thrownOut(CLOSED, Duration.ofSeconds(1));
    assertThat(rivalry.trouble().orElseThrow()).startsWith("another client probably uses");
  }

  @Test
  void isNotTheBrokerThatIsAwayInBetween() {
    for (int i = 0; i < 20; i++) {
      thrownOut(CLOSED, Duration.ofSeconds(1));
      if (i % 4 == 3) {
        rivalry.notConnected();
      }
    }
    assertThat(rivalry.trouble()).isEmpty();
  }

  @Test
  void isNotTheNetworkThatFailsNowAndThen() {
    for (int i = 0; i < 20; i++) {
      thrownOut(CLOSED, Duration.ofSeconds(i % 4 == 3 ? 31 : 1));
    }
    for (int i = 0; i < 20; i++) {
      thrownOut(new Ending.Silent(), Duration.ofSeconds(1));
    }
    assertThat(rivalry.trouble()).isEmpty();
  }

  @Test
  void makesTheSinkSlowerAndIsToldOnce() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 8; i++) {
      thrownOut(TAKEN_OVER, Duration.ofSeconds(1));
      Duration paused = Duration.ZERO;
      while (rivalry.waits()) {
        clock.advance(Duration.ofSeconds(1));
        paused = paused.plusSeconds(1);
      }
      assertThat(paused).isBetween(Duration.ofSeconds(15), Duration.ofMinutes(5));
      last = paused;
    }
    assertThat(last).isGreaterThanOrEqualTo(Duration.ofSeconds(150));
    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("sink presence: another client uses the client id twin: ")
        .endsWith("; it reconnects more slowly from now on");
  }

  @Test
  void isOverWhenAConnectionStands() {
    thrownOut(TAKEN_OVER, Duration.ofSeconds(1));
    rivalry.connected();
    clock.advance(Duration.ofMinutes(9));
    rivalry.stands();
    assertThat(rivalry.trouble()).isPresent();
    clock.advance(Duration.ofMinutes(1));
    rivalry.stands();
    assertThat(rivalry.trouble()).isEmpty();
    assertThat(rivalry.waits()).isFalse();
  }
}
