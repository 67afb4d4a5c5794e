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

/** When a conflict of client ids is reported, and how the sink then reconnects. */
class ClientIdConflictTest {

  private static final Ending TAKEN_OVER = new Ending.Refused(Reason.TAKEN_OVER, Optional.empty());
  private static final Ending CLOSED = new Ending.Closed(Optional.empty());

  private final TestingClock clock = new TestingClock();
  private final ClientIdConflict conflict = conflict(true);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private ClientIdConflict conflict(boolean acknowledged) {
    return new ClientIdConflict("presence", "twin", acknowledged, clock, new SplittableRandom(1));
  }

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(ClientIdConflict.class)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(ClientIdConflict.class)).detachAppender(log);
  }

  private void disconnected(Ending why, Duration after) {
    conflict.connected();
    clock.advance(after);
    conflict.ended(why);
  }

  @Test
  void isCertainIfTheBrokerReportsIt() {
    disconnected(TAKEN_OVER, Duration.ofHours(1));
    disconnected(TAKEN_OVER, Duration.ofSeconds(90));
    assertThat(conflict.problem())
        .contains(
            "another client uses the client id twin: set a client_id of its own for each agent and"
                + " sink, or host.id on cloned machines");
    assertThat(conflict.isPausing()).isTrue();
  }

  /** A client that connected once, for instance an older {@code validate --connect}. */
  @Test
  void isNotAClientThatConnectedOnce() {
    for (int i = 0; i < 5; i++) {
      disconnected(TAKEN_OVER, Duration.ofMinutes(6));
    }
    assertThat(conflict.problem()).isEmpty();
  }

  /** A broker also closes for a forbidden topic, and with QoS 0 nothing is ever in flight. */
  @Test
  void isNotGuessedWithoutAcknowledgements() {
    ClientIdConflict unsure = conflict(false);
    for (int i = 0; i < 20; i++) {
      unsure.connected();
      unsure.ended(CLOSED);
    }
    assertThat(unsure.problem()).isEmpty();
    unsure.ended(TAKEN_OVER);
    unsure.ended(TAKEN_OVER);
    assertThat(unsure.problem()).isPresent();
  }

  @Test
  void needsAReportOfTheBrokerWhileSomethingIsInFlight() {
    conflict.connected();
    for (int i = 0; i < 20; i++) {
      conflict.endedBusy(CLOSED);
    }
    assertThat(conflict.problem()).isEmpty();
    conflict.endedBusy(TAKEN_OVER);
    conflict.endedBusy(TAKEN_OVER);
    assertThat(conflict.problem()).isPresent();
  }

  @Test
  void isProbableAfterFiveShortConnectionsInARow() {
    for (int i = 0; i < 4; i++) {
      disconnected(CLOSED, Duration.ofSeconds(1));
    }
    assertThat(conflict.problem()).isEmpty();
    disconnected(CLOSED, Duration.ofSeconds(1));
    assertThat(conflict.problem().orElseThrow()).startsWith("another client probably uses");
  }

  @Test
  void isNotABrokerThatIsDownInBetween() {
    for (int i = 0; i < 20; i++) {
      disconnected(CLOSED, Duration.ofSeconds(1));
      if (i % 4 == 3) {
        conflict.notConnected();
      }
    }
    assertThat(conflict.problem()).isEmpty();
  }

  @Test
  void isNotTheNetworkThatFailsNowAndThen() {
    for (int i = 0; i < 20; i++) {
      disconnected(CLOSED, Duration.ofSeconds(i % 4 == 3 ? 31 : 1));
    }
    for (int i = 0; i < 20; i++) {
      disconnected(new Ending.Silent(), Duration.ofSeconds(1));
    }
    assertThat(conflict.problem()).isEmpty();
  }

  @Test
  void makesTheSinkSlowerAndIsReportedOnce() {
    Duration last = Duration.ZERO;
    disconnected(TAKEN_OVER, Duration.ofSeconds(1));
    assertThat(conflict.isPausing()).isFalse();
    for (int i = 0; i < 8; i++) {
      disconnected(TAKEN_OVER, Duration.ofSeconds(1));
      Duration paused = Duration.ZERO;
      while (conflict.isPausing()) {
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
    disconnected(TAKEN_OVER, Duration.ofSeconds(1));
    disconnected(TAKEN_OVER, Duration.ofSeconds(1));
    assertThat(conflict.isPausing()).isTrue();
    while (conflict.isPausing()) {
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void takesTwoShortConnectionsToWaitAgain() {
    suspected();
    disconnected(CLOSED, Duration.ofMinutes(5));
    assertThat(conflict.isPausing()).isFalse();
    disconnected(CLOSED, Duration.ofMinutes(5));
    assertThat(conflict.isPausing()).isTrue();
  }

  @Test
  void doesNotOutliveItsCauseWhereTheNetworkFails() {
    suspected();
    for (int i = 0; i < 5; i++) {
      disconnected(CLOSED, Duration.ofMinutes(9));
      disconnected(CLOSED, Duration.ofSeconds(1));
      assertThat(conflict.isPausing()).isFalse();
    }
    disconnected(CLOSED, Duration.ofMinutes(11));
    assertThat(conflict.problem()).isEmpty();
  }

  @Test
  void endsWhenAConnectionStaysUp() {
    suspected();
    conflict.connected();
    clock.advance(Duration.ofMinutes(9));
    conflict.connectionIsUp();
    assertThat(conflict.problem()).isPresent();
    clock.advance(Duration.ofMinutes(1));
    conflict.connectionIsUp();
    assertThat(conflict.problem()).isEmpty();
    assertThat(conflict.isPausing()).isFalse();
  }
}
