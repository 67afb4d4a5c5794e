package io.sessionbridge.sink.syslog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections end in every way: nothing is lost, and the order is kept. */
class LostConnectionTest extends ReceiverFaults {

  private static final int RELP_WINDOW = 128;

  /** How a connection can end. */
  enum Ending {
    CUT {
      @Override
      void end(LostConnectionTest test) {
        test.proxy.cut();
      }
    },
    /** The receiver closes its direction and continues to read. */
    HALF_CLOSED {
      @Override
      void end(LostConnectionTest test) {
        test.proxy.halfClose(Direction.TO_CLIENT);
      }
    },
    /** Like a receiver that is stopped. */
    CLOSED {
      @Override
      void end(LostConnectionTest test) {
        test.receiver.closeConnections();
      }
    };

    abstract void end(LostConnectionTest test);
  }

  static Stream<Arguments> waysAndEndings() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Ending.values()).map(ending -> arguments(way, ending)));
  }

  @ParameterizedTest
  @MethodSource("waysAndEndings")
  void losesNothingWhenAConnectionEndsInMidBatch(Way way, Ending ending) throws Exception {
    start(way);
    List<EncodedEvent> all = new ArrayList<>();
    TestingLoop loop = loop();
    for (int cuts = 1; cuts <= 3; cuts++) {
      CountDownLatch cut = new CountDownLatch(1);
      receiver.afterMore(
          2000,
          () -> {
            ending.end(this);
            cut.countDown();
          });
      List<EncodedEvent> next = events.next(5000);
      all.addAll(next);
      loop.deliver(next);
      assertThat(cut.await(20, SECONDS)).as(ending + " " + cuts).isTrue();
    }
    List<EncodedEvent> last = events.next(10); // the last cut may have been after the last batch
    all.addAll(last);
    loop.deliver(last);
    assertThat(loop.failures()).isNotEmpty();
    assertAllInOrder(all);
    if (way.answers()) {
      assertThat(receiver.await(all.size()).size() - all.size())
          .as("duplicates")
          .isBetween(0, 3 * RELP_WINDOW);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void losesNothingWhenAConnectionIsHalfClosed(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(400);
    TestingLoop loop = loop();
    loop.deliver(all.subList(0, 100));
    assertThat(receiver.awaitIds(100))
        .hasSize(100); // before that the proxy may have no connection to close
    proxy.halfClose(Direction.TO_CLIENT);
    loop.deliver(all.subList(100, 200));
    proxy.halfClose(Direction.TO_SERVER);
    loop.deliver(all.subList(200, 400));
    String last = TestingEvents.ids(all).get(399);
    loop.idle(() -> receiver.awaitIds(0).contains(last)); // a write alone may not notice the close
    assertAllInOrder(all);
    assertThat(loop.failures()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void noticesACloseWhileThereIsNothingToSend(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(10);
    loop().deliver(all.subList(0, 5));
    List<String> unused = receiver.await(5);
    sink.probe();
    receiver.closeConnections();
    assertThatThrownBy(
            () -> {
              while (true) {
                sink.probe();
              }
            })
        .isInstanceOf(DeliveryException.class)
        .hasMessageStartingWith("lost the connection to localhost:" + proxy.port() + ": ");
    assertThat(sink.check().isUp()).isFalse();
    int replayed = way.answers() ? 0 : 5;
    sink.connect();
    sink.probe();
    assertThat(sink.deliver(all.subList(5, 10))).isEqualTo(DeliveryResult.delivered(5));
    assertAllInOrder(all);
    assertThat(receiver.awaitIds(10))
        .as("what may have been lost came again")
        .hasSize(10 + replayed);
    assertThat(context.metrics().count("syslog_replayed_total")).isEqualTo(replayed);
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"RELP", "RELP_TLS"})
  void ignoresAnswersOfThePreviousConnection(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(300);
    loop().deliver(all.subList(0, 100));
    proxy.stall(Direction.TO_CLIENT);
    assertThat(sink.deliver(all.subList(100, 200)).settled()).isZero();
    proxy.heal();
    sink.connect();
    assertThat(sink.deliver(all.subList(100, 300))).isEqualTo(DeliveryResult.delivered(200));
    List<String> ids = new ArrayList<>(TestingEvents.ids(all.subList(0, 200)));
    ids.addAll(TestingEvents.ids(all.subList(100, 300)));
    assertThat(receiver.awaitIds(400)).isEqualTo(ids);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void leavesNeitherThreadsNorFilesBehind(Way way) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    start(way);
    List<EncodedEvent> all = new ArrayList<>(events.next(10));
    TestingLoop loop = loop();
    loop.deliver(all);
    long files = openFiles();
    while (context.metrics().count("syslog_connections_total") < 200) {
      if (all.size() % 2 == 0) {
        proxy.cut();
      } else {
        receiver.closeConnections();
      }
      List<EncodedEvent> next = events.next(1);
      all.addAll(next);
      loop.deliver(next);
    }
    assertAllInOrder(all);
    assertThat(openFiles()).isLessThan(files + 40);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
        .extracting(Thread::getName)
        .as("the threads of the test alone")
        .allMatch(name -> name.startsWith("receiver") || name.startsWith("fault-proxy"));
  }

  private static long openFiles() throws Exception {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return 0; // not Linux
    }
    try (Stream<Path> files = Files.list(own)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void closesInAnOrderlyWay(Way way) throws Exception {
    start(way);
    loop().deliver(events.next(1000));
    sink.close();
    receiver.awaitClosedInOrder(1);
    assertThat(receiver.errors()).isEmpty();
    assertThat(receiver.await(1000)).hasSize(1000);
  }
}
