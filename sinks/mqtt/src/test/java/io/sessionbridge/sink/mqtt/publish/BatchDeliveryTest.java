package io.sessionbridge.sink.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The result of a batch, answer by answer. */
final class BatchDeliveryTest {

  private static final int WINDOW = 3;
  private static final MqttSinkConfig CONFIG =
      TestingConfig.read(MqttSinkConfig.SPEC, "{server: \"tcp://broker\", version: 5}");
  private static final int QUOTA = Reason.QUOTA;

  private final TestingLink link = new TestingLink(WINDOW, 1 << 20);
  private final Connection connection = link.connection();
  private final List<EncodedEvent> batch = new TestingEvents("cloudevents").next(6);

  private BatchDelivery delivery(List<EncodedEvent> events) {
    return new BatchDelivery(
        connection,
        Version.V5,
        new Publications(CONFIG, new TestingHost()),
        Duration.ofMillis(50),
        events);
  }

  private BatchDelivery run(List<EncodedEvent> events) throws InterruptedException {
    BatchDelivery delivery = delivery(events);
    delivery.run(false);
    return delivery;
  }

  private void succeed(int place) {
    link.answer(place, Reason.SUCCESS);
  }

  @Test
  void acknowledgementThatNeverComesEndsThePrefix() throws Exception {
    link.onPublish(
        place -> {
          if (place != 1) {
            succeed(place);
          }
        });
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(1);
    assertThat(delivery.ending()).contains(new Ending.Silent());
    assertThat(delivery.refusal()).isEmpty();
    assertThat(link.published).as("the window moves on meanwhile").hasSize(6);
  }

  @Test
  void answerAfterTheEndChangesNothing() throws Exception {
    link.onPublish(
        place -> {
          if (place == 0) {
            succeed(place);
          }
        });
    BatchDelivery delivery = run(batch.subList(0, 2));
    succeed(1);
    link.answer(1, QUOTA);
    assertThat(delivery.settled()).isEqualTo(1);
    assertThat(delivery.refusal()).isEmpty();
    assertThat(delivery.ending()).contains(new Ending.Silent());
  }

  /** Paho may report a publication as failed and later as successful. */
  @Test
  void successAfterAFailureCountsOnce() throws Exception {
    link.onPublish(
        place -> {
          link.forget(place);
          succeed(place);
          link.forget(place);
          link.answer(place, QUOTA);
        });
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(6);
    assertThat(delivery.refusal()).isEmpty();
    assertThat(delivery.ending()).isEmpty();
  }

  @Test
  void noMoreAreInFlightThanTheWindowAllows() throws Exception {
    int[] answered = {0};
    link.onPublish(
        place -> {
          assertThat(place + 1 - answered[0]).isLessThanOrEqualTo(WINDOW);
          if (place + 1 - answered[0] == WINDOW) {
            succeed(answered[0]++);
          }
          if (place == 5) {
            succeed(5);
            succeed(4); // out of order
          }
        });
    assertThat(run(batch).settled()).isEqualTo(6);
  }

  @Test
  void waitForAFullWindowTimesOut() throws Exception {
    BatchDelivery delivery = run(batch);
    assertThat(link.published).hasSize(WINDOW);
    assertThat(delivery.settled()).isZero();
    assertThat(delivery.ending()).contains(new Ending.Silent());
  }

  @Test
  void refusalEndsThePrefixAndTheSending() throws Exception {
    link.onPublish(place -> link.answer(place, place == 2 ? QUOTA : Reason.SUCCESS));
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(2);
    assertThat(delivery.refusal())
        .contains(new BatchDelivery.Refusal(QUOTA, "sessionbridge/WS-TEST/event/lock"));
    assertThat(delivery.ending()).isEmpty();
    assertThat(link.published).hasSize(3);
  }

  @Test
  void refusedBodyIsRejectedAndTheOthersContinue() throws Exception {
    link.onPublish(place -> link.answer(place, place == 2 ? Reason.BAD_PAYLOAD : Reason.SUCCESS));
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(6);
    assertThat(delivery.refusal()).isEmpty();
    int bytes = batch.get(2).body().length;
    assertThat(delivery.rejected())
        .containsExactly(new Rejection(2, "event of " + bytes + " bytes: the broker answers 0x99"));
  }

  @Test
  void attributeThatMqttCannotCarryIsRejectedAndTheOthersContinue() throws Exception {
    TestingEvents binary = new TestingEvents("cloudevents_binary");
    List<EncodedEvent> good = binary.next(2);
    EncodedEvent bad =
        binary.next(TestingEvents.data(Kind.LOCK).put(Field.HOST_ID, "a\uFFFFb").build());
    link.onPublish(this::succeed);
    BatchDelivery delivery = run(List.of(good.get(0), bad, good.get(1)));
    assertThat(delivery.settled()).isEqualTo(3);
    assertThat(delivery.rejected())
        .containsExactly(
            new Rejection(1, "attribute partitionkey has a character that MQTT does not allow"));
    assertThat(link.published).hasSize(2);
  }

  @Test
  void eventsWithoutASubscriberCountAsSettled() throws Exception {
    link.onPublish(place -> link.answer(place, place < 4 ? Reason.NO_SUBSCRIBER : Reason.SUCCESS));
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(6);
    assertThat(delivery.noSubscriber()).isEqualTo(4);
  }

  @Test
  void lostConnectionIsNotWaitedFor() throws Exception {
    Ending reset = new Ending.Closed(Optional.empty());
    link.onPublish(
        place -> {
          if (place == 0) {
            succeed(0);
          } else {
            connection.lost(reset);
          }
        });
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isEqualTo(1);
    assertThat(delivery.ending()).contains(reset);
    assertThat(link.published).hasSize(2);
  }

  @Test
  void linkThatSendsNothingIsReported() throws Exception {
    link.refuseToSend(new Ending.Closed(Optional.empty()));
    BatchDelivery delivery = run(batch);
    assertThat(delivery.settled()).isZero();
    assertThat(delivery.sent()).isZero();
    assertThat(delivery.ending()).contains(new Ending.Closed(Optional.empty()));
  }

  @Test
  void afterNothingWasSettledTheFirstGoesAlone() throws Exception {
    link.onPublish(
        place -> {
          if (place > 0) {
            succeed(place);
          }
        });
    BatchDelivery delivery = delivery(batch);
    delivery.run(true);
    assertThat(link.published).hasSize(1);
    assertThat(delivery.settled()).isZero();
  }

  @Test
  void interruptKeepsWhatIsKnown() throws Exception {
    link.onPublish(
        place -> {
          if (place == 0) {
            succeed(0);
          } else {
            Thread.currentThread().interrupt();
          }
        });
    BatchDelivery delivery = delivery(batch);
    boolean interrupted = false;
    try {
      delivery.run(false);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    assertThat(interrupted).isTrue();
    assertThat(delivery.settled()).isEqualTo(1);
  }
}
