package io.sessionbridge.sink.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingEvents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogSinkTest extends SinkContract {

  private static final int SERVICE_AWAY = 1722;
  private static final int LOG_FULL = 1502;

  private final TestingLog log = new TestingLog();
  private final TestingEvents events = new TestingEvents("json");

  @Override
  protected Sink create(SinkContext context) {
    return new EventLogSink(log);
  }

  @Override
  protected String format() {
    return "sentence";
  }

  @Override
  protected List<String> received() {
    return log.entries().stream().map(entry -> entry.strings().get(10)).toList();
  }

  @Override
  protected void breakPeer() {
    log.fail(SERVICE_AWAY);
  }

  @Override
  protected void healPeer() {
    log.fail(0);
  }

  /** JSON, which cannot be truncated. */
  @Override
  protected EncodedEvent refused(TestingEvents from) {
    EventData data = TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(40_000)).build();
    return events.next(data);
  }

  private Sink connected() throws Exception {
    Sink sink = new EventLogSink(log);
    sink.connect();
    return sink;
  }

  @Test
  void reportsThatTheServiceIsDown() {
    breakPeer();
    Sink sink = new EventLogSink(log);
    String why =
        "the Application log cannot be written: error 1722, the service Windows Event Log does not"
            + " answer; is it running?";
    assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(why);
    assertThat(sink.check().detail()).isEqualTo(why);
  }

  @Test
  void keepsEventsThatAFullLogRefused() throws Exception {
    Sink sink = connected();
    List<EncodedEvent> batch = events.next(5);
    log.failAfter(2, LOG_FULL);
    DeliveryResult result = sink.deliver(batch);
    assertThat(result.settled()).isEqualTo(2);
    assertThat(result.rejected()).isEmpty();
    assertThat(result.retry().orElseThrow().unavailable()).isTrue();
    assertThat(result.retry().orElseThrow().message())
        .isEqualTo(
            "the Application log cannot be written: error 1502, it is full and keeps its oldest"
                + " entries; archive it, or let it overwrite them");
    assertThat(sink.check().isUp()).isFalse();
    log.fail(0);
    sink.connect();
    assertThat(sink.deliver(batch.subList(2, 5))).isEqualTo(DeliveryResult.delivered(3));
    assertThat(received()).isEqualTo(TestingEvents.ids(batch));
    assertThat(sink.check().isUp()).isTrue();
  }

  /** A handle is invalid after a restart of the service. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 8, 14, 1450, 1500, 1501, 1502, 1503, 1702, 1722, 1723, 1726, 1753})
  void opensAgainAfterAnErrorOfTheLog(int error) throws Exception {
    Sink sink = connected();
    log.failAfter(0, error);
    DeliveryResult result = sink.deliver(events.next(1));
    assertThat(result.settled()).isZero();
    assertThat(result.retry().orElseThrow().reconnect()).isTrue();
    assertThat(result.retry().orElseThrow().unavailable()).isTrue();
    assertThat(log.isOpen()).isFalse();
    log.fail(0);
    sink.connect();
    assertThat(log.opened()).isEqualTo(2);
  }

  /** An event may be the cause: the delivery loop finds out. */
  @Test
  void attributesAnUnknownErrorToNoEvent() throws Exception {
    Sink sink = connected();
    log.failAfter(0, 4711);
    DeliveryResult.Failure failure = sink.deliver(events.next(1)).retry().orElseThrow();
    assertThat(failure.unavailable()).isFalse();
    assertThat(failure.message()).isEqualTo("the Application log cannot be written: error 4711");
  }

  @ParameterizedTest
  @ValueSource(ints = {87, 1734})
  void refusesTheEventThatTheLogRefuses(int error) throws Exception {
    Sink sink = connected();
    log.failAfter(0, error);
    DeliveryResult result = sink.deliver(events.next(1));
    assertThat(result.settled()).isEqualTo(1);
    assertThat(result.retry()).isEmpty();
    assertThat(result.rejected().get(0).reason()).contains("event log");
  }

  @Test
  void closesTheHandle() throws Exception {
    Sink sink = connected();
    sink.close();
    assertThat(log.isOpen()).isFalse();
    assertThat(sink.deliver(events.next(1)).settled()).isZero();
    assertThat(log.entries()).isEmpty();
  }
}
