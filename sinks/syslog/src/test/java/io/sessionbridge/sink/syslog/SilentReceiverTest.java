package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A receiver that does not read, does not answer, or is slow. */
class SilentReceiverTest extends ReceiverFaults {

  @ParameterizedTest
  @EnumSource(Way.class)
  void losesNothingInABlackHole(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    List<String> unused = receiver.await(100);
    proxy.blackHole(Direction.TO_SERVER);
    DeliveryResult result = sink.deliver(all.subList(100, 200));
    if (way.answers()) {
      assertThat(result.settled()).isZero();
      assertThat(sink.check().toString())
          .contains(
              "lost the connection to localhost:" + proxy.port() + ": no answer within 2000 ms");
    } else {
      assertThat(result).as("nobody can know").isEqualTo(DeliveryResult.delivered(100));
    }
    proxy.heal();
    loop().deliver(all.subList(100 + result.settled(), 300));
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void losesNothingIfAnswersGetLost(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    loop().deliver(all.subList(0, 100));
    proxy.blackHole(Direction.TO_CLIENT);
    DeliveryResult result = sink.deliver(all.subList(100, 200));
    assertThat(result.settled()).isEqualTo(way.answers() ? 0 : 100);
    proxy.heal();
    loop().deliver(all.subList(100 + result.settled(), 300));
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void abandonsAReceiverThatReadsNothing(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(60_000);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    proxy.stall(Direction.TO_SERVER);
    int settled = 100;
    DeliveryResult result = sink.deliver(all.subList(settled, all.size()));
    settled += result.settled();
    assertThat(result.retry()).isPresent();
    assertThat(sink.check().toString())
        .isEqualTo(
            "DEGRADED: lost the connection to localhost:"
                + proxy.port()
                + (way.answers() ? ": no answer within" : ": it accepted nothing for")
                + " 2000 ms");
    proxy.heal();
    loop().deliver(all.subList(settled, settled + 5000));
    assertAllInOrder(all.subList(0, settled + 5000));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anInterruptEndsADelivery(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(60_000);
    sink.connect();
    proxy.stall(Direction.TO_SERVER);
    AtomicReference<String> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.set(sink.deliver(all).retry().orElseThrow().message());
              } catch (InterruptedException e) {
                outcome.set(e.getMessage());
              }
            },
            "sink-dst");
    thread.start();
    thread.interrupt();
    thread.join();
    assertThat(outcome.get())
        .isEqualTo("lost the connection to localhost:" + proxy.port() + ": interrupted");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void waitsForASlowReader(Way way) throws Exception {
    start(way);
    receiver.afterMore(1000, () -> rest(3));
    List<EncodedEvent> all = events.next(5000);
    TestingLoop loop = loop();
    loop.deliver(all);
    assertThat(loop.failures()).isEmpty();
    assertThat(receiver.awaitIds(5000)).isEqualTo(TestingEvents.ids(all));
    assertThat(sink.check().isUp()).isTrue();
  }

  /** Pauses that together exceed the timeout, but none does alone. */
  private void rest(int more) {
    try {
      boolean unused = Clock.system().signal().await(Duration.ofMillis(900));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (more > 0) {
      receiver.afterMore(1000, () -> rest(more - 1));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TCP", "LF"})
  void reportsAReceiverThatDoesNotAnswer(Way way) throws Exception {
    start(way);
    proxy.stall(Direction.TO_CLIENT);
    assertThatThrownBy(sink::connect)
        .hasMessageStartingWith("localhost:" + proxy.port() + " does not answer");
    assertThat(sink.check().isUp()).isFalse();
    proxy.heal();
    sink.connect();
  }
}
