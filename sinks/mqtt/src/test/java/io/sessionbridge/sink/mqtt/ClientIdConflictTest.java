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
  private final Rivalry rivalry = rivalry(true);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private Rivalry rivalry(boolean acknowledged) {
    return new Rivalry("presence", "twin", acknowledged, clock, new SplittableRandom(1));
  }

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
    thrownOut(TAKEN_OVER, Duration.ofSeconds(90));
    assertThat(rivalry.trouble())
        .contains(
            "another client uses the client id twin: set a client_id of its own for each agent and"
                + " sink, or host.id on cloned machines");
    assertThat(rivalry.waits()).isTrue();
  }

  /** Somebody who looked once, for instance an older {@code validate --connect}. */
  @Test
  void isNotWhoCameOnce() {
    for (int i = 0; i < 5; i++) {
      thrownOut(TAKEN_OVER, Duration.ofMinutes(6));
    }
    assertThat(rivalry.trouble()).isEmpty();
  }

  /** A broker closes for a forbidden topic, too, and with QoS 0 nothing is ever on its way. */
  @Test
  void isNotGuessedWithoutAcknowledgements() {
    Rivalry unsure = rivalry(false);
    for (int i = 0; i < 20; i++) {
      unsure.connected();
      unsure.ended(CLOSED);
    }
    assertThat(unsure.trouble()).isEmpty();
    unsure.ended(TAKEN_OVER);
    unsure.ended(TAKEN_OVER);
    assertThat(unsure.trouble()).isPresent();
  }

  @Test
  void isBelievedWhileSomethingIsOnItsWayOnlyIfTheBrokerSaysSo() {
    rivalry.connected();
    for (int i = 0; i < 20; i++) {
      rivalry.endedBusy(CLOSED);
    }
    assertThat(rivalry.trouble()).isEmpty();
    rivalry.endedBusy(TAKEN_OVER);
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
    thrownOut(TAKEN_OVER, Duration.ofSeconds(1));
    assertThat(rivalry.waits()).isFalse();
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

  private void suspected() {
    thrownOut(TAKEN_OVER, Duration.ofSeconds(1));
    thrownOut(TAKEN_OVER, Duration.ofSeconds(1));
    assertThat(rivalry.waits()).isTrue();
    while (rivalry.waits()) {
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void takesTwoShortConnectionsToWaitAgain() {
    suspected();
    thrownOut(CLOSED, Duration.ofMinutes(5));
    assertThat(rivalry.waits()).isFalse();
    thrownOut(CLOSED, Duration.ofMinutes(5));
    assertThat(rivalry.waits()).isTrue();
  }

  @Test
  void doesNotOutliveItsCauseWhereTheNetworkFails() {
    suspected();
    for (int i = 0; i < 5; i++) {
      thrownOut(CLOSED, Duration.ofMinutes(9));
      thrownOut(CLOSED, Duration.ofSeconds(1));
      assertThat(rivalry.waits()).isFalse();
    }
    thrownOut(CLOSED, Duration.ofMinutes(11));
    assertThat(rivalry.trouble()).isEmpty();
  }

  @Test
  void isOverWhenAConnectionStands() {
    suspected();
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
