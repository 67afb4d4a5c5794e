package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.PoisonFixture;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event after which a real broker ends the connection instead of answering. */
class PoisonIT extends PoisonFixture {

  @ParameterizedTest
  @CsvSource({
    "3.1.1,max_packet_size 2000",
    "5,max_packet_size 2000",
    "5,message_size_limit 2000" // with 3.1.1 it acknowledges what it drops
  })
  void eventThatMosquittoDoesNotAcceptIsADeadLetter(String version, String limit) throws Exception {
    try (TestingMosquitto broker = new TestingMosquitto(folder.resolve("broker"))) {
      broker.open().with(limit).start();
      append();
      try (TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
        TestingSinkContext context = new TestingSinkContext(clock, folder);
        String yaml =
            "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: " + version + "}";
        ConnectionTimeouts timeouts =
            new ConnectionTimeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(500));
        DeliveryLoop running =
            start(
                new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), timeouts),
                "cloudevents");
        awaitSettled(running);
        subscriber.catchUp();
        assertThat(new ArrayList<>(new LinkedHashSet<>(subscriber.ids()))).isEqualTo(good());
        assertThat(running.totals()).isEqualTo(new SinkTotals(EVENTS, EVENTS - 1, 0, 1, 0, 0));
        assertThat(letter()).contains(journal.epoch() + "-" + LARGE);
      }
    }
  }
}
