package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that is down, or whose name cannot be resolved. */
class AbsentReceiverTest extends ReceiverFaults {

  @ParameterizedTest
  @EnumSource(Way.class)
  void connectsOnceTheReceiverIsUp(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(100);
    proxy.refuse();
    assertThatThrownBy(sink::connect)
        .hasMessage(
            "localhost:"
                + proxy.port()
                + " refuses connections: is the receiver up, and is the port right?");
    proxy.heal();
    loop().deliver(all);
    assertAllInOrder(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "relp", "udp"})
  void reportsThatANameIsUnknown(String transport) {
    SyslogSinkConfig config =
        TestingConfig.read(
            SyslogSinkConfig.SPEC,
            "{server: \"nobody.invalid:514\", transport: " + transport + "}");
    String why = "nobody.invalid cannot be resolved: is server right, and does DNS work?";
    try (SyslogSink lost = new SyslogSink(new TestingSinkContext(Clock.system(), folder), config)) {
      assertThatThrownBy(lost::connect).isInstanceOf(DeliveryException.class).hasMessage(why);
      assertThat(lost.check()).isEqualTo(Health.degraded(why));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void reconnectsOnceTheNameResolvesAgain(Way way) throws Exception {
    start(way);
    List<EncodedEvent> all = events.next(20);
    loop().deliver(all.subList(0, 10));
    known = false;
    proxy.cut();
    TestingLoop loop = new TestingLoop(sink, 5000);
    String why = "localhost cannot be resolved: is server right, and does DNS work?";
    while (!sink.check().equals(Health.degraded(why))) {
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(why);
    }
    known = true;
    loop.deliver(all.subList(10, 20));
    assertAllInOrder(all);
  }
}
