package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import io.sessionbridge.testkit.TestingEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a test does not receive, the sink did not send. */
final class TestingSubscriberTest {

  /** More than the buffers of the sockets hold. */
  private static final int EVENTS = 1200;

  private static final EventData LARGE =
      TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(6000)).build();

  @TempDir private Path folder;

  @Test
  @Timeout(60)
  void receivesAllOverASlowConnection() throws Exception {
    try (TestingMoquette broker = new TestingMoquette(folder)) {
      broker.start();
      String yaml = "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: 3.1.1}";
      try (TcpFaultProxy slow = TcpFaultProxy.before("127.0.0.1", broker.port());
          TestingSubscriber subscriber =
              TestingSubscriber.withQos(slow.port(), TestingMoquette.SUBSCRIBER_QOS);
          TestingRig rig = new TestingRig(yaml).connect()) {
        slow.stall(Direction.TO_CLIENT);
        List<EncodedEvent> all =
            IntStream.range(0, EVENTS).mapToObj(i -> rig.events.next(LARGE)).toList();
        rig.deliverAll(all);
        slow.heal();
        subscriber.catchUp();
        assertThat(subscriber.ids()).isEqualTo(TestingEvents.ids(all));
      }
    }
  }
}
