package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.StateSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules for every sink. A sink's test extends this and defines how to create a sink, how to
 * read what arrived, and how to take its peer down. No case is skipped: if a sink cannot notice a
 * failure, the contract checks exactly that.
 */
@Timeout(120)
public abstract class SinkContract {

  @TempDir protected Path folder;

  private final ThreadWatch threads = new ThreadWatch();
  private final List<Sink> made = new ArrayList<>();
  private TestingEvents events = new TestingEvents("cloudevents");
  private SinkContext context = new TestingSinkContext(Clock.system(), Path.of("."));

  /** Creates a sink for the peer of this test. */
  protected abstract Sink create(SinkContext context) throws Exception;

  /** The ids of the events that arrived at the peer, in order, duplicates included. */
  protected abstract List<String> received() throws Exception;

  /** A format that the test can decode. */
  protected String format() {
    return "cloudevents";
  }

  /** Takes the peer down, even if no sink has connected to it yet. */
  protected abstract void breakPeer() throws Exception;

  /** Brings the peer back, with its data. */
  protected abstract void healPeer() throws Exception;

  /** Creates an event that the peer, or the sink itself, refuses for good. */
  protected abstract EncodedEvent refused(TestingEvents from) throws Exception;

  /** Whether a connect fails without a peer. */
  protected boolean noticesAtConnect() {
    return true;
  }

  /** Whether a delivery fails without a peer. */
  protected boolean noticesAtDelivery() {
    return true;
  }

  @BeforeEach
  final void makeContext() {
    context = new TestingSinkContext(Clock.system(), folder);
    events = new TestingEvents(format());
  }

  @AfterEach
  final void closeAll() throws Exception {
    Thread.interrupted();
    for (Sink sink : made) {
      sink.close();
    }
  }

  private Sink created() throws Exception {
    Sink sink = create(context);
    made.add(sink);
    return sink;
  }

  private Sink connected() throws Exception {
    Sink sink = created();
    sink.connect();
    return sink;
  }

  /** Like the delivery loop, delivers unsettled events again, over a new connection. */
  private void deliverAll(Sink sink, List<EncodedEvent> batch) throws Exception {
    List<EncodedEvent> rest = batch;
    for (int attempt = 0; !rest.isEmpty(); attempt++) {
      assertThat(attempt).as("attempts").isLessThan(10);
      DeliveryResult result = sink.deliver(rest);
      assertSound(result, rest);
      rest = rest.subList(result.settled(), rest.size());
      if (result.retry().isPresent() && result.retry().get().reconnect()) {
        sink.connect();
      }
    }
  }

  private static void assertSound(DeliveryResult result, List<EncodedEvent> batch) {
    assertThat(result.settled()).isBetween(0, batch.size());
    assertThat(result.retry().isEmpty())
        .as("settled %s of %s, retry %s", result.settled(), batch.size(), result.retry())
        .isEqualTo(result.settled() == batch.size());
    result.retry().ifPresent(failure -> assertThat(failure.message()).isNotBlank());
    assertThat(result.rejected().stream().map(Rejection::index)).doesNotHaveDuplicates();
  }

  @Test
  final void isMadeWithoutThreadsAndWithoutItsPeer() throws Exception {
    breakPeer();
    List<Path> before = inFolder();
    Sink sink = created();
    assertThat(threads.made()).isEmpty();
    assertThat(inFolder()).isEqualTo(before);
    assertThat(sink.check()).isNotNull();
    healPeer();
  }

  private List<Path> inFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  final void closesWithoutConnect() throws Exception {
    Sink sink = created();
    sink.close();
    sink.close();
    threads.assertNoneLeft();
  }

  @Test
  final void closesTwiceAndLeavesNoThread() throws Exception {
    Sink sink = connected();
    deliverAll(sink, events.next(3));
    sink.close();
    sink.close();
    assertThat(sink.check()).isNotNull();
    threads.assertNoneLeft();
  }

  @Test
  final void deliversInOrder() throws Exception {
    List<EncodedEvent> all = events.next(1200);
    Sink sink = connected();
    deliverAll(sink, all.subList(0, 1));
    deliverAll(sink, all.subList(1, 1000));
    deliverAll(sink, all.subList(1000, 1200));
    assertThat(received()).isEqualTo(TestingEvents.ids(all));
    assertThat(sink.check().isUp()).as(sink.check().toString()).isTrue();
  }

  @Test
  final void leavesTheBatchAsItIs() throws Exception {
    List<EncodedEvent> batch = events.next(5);
    List<byte[]> bodies = batch.stream().map(event -> event.body().clone()).toList();
    deliverAll(connected(), batch);
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(batch.get(i).body()).isEqualTo(bodies.get(i));
    }
  }

  @Test
  final void connectsAgainWithoutBeingClosed() throws Exception {
    List<EncodedEvent> all = events.next(6);
    Sink sink = connected();
    deliverAll(sink, all.subList(0, 3));
    sink.connect();
    sink.connect();
    deliverAll(sink, all.subList(3, 6));
    assertThat(received()).isEqualTo(TestingEvents.ids(all));
    sink.close();
    threads.assertNoneLeft();
  }

  @Test
  final void continuesAfterARestart() throws Exception {
    List<EncodedEvent> all = events.next(6);
    Sink first = connected();
    deliverAll(first, all.subList(0, 3));
    first.close();
    deliverAll(connected(), all.subList(3, 6));
    assertThat(received()).isEqualTo(TestingEvents.ids(all));
  }

  @Test
  final void probesItsConnection() throws Exception {
    Sink sink = connected();
    assertThatCode(sink::probe).doesNotThrowAnyException();
    deliverAll(sink, events.next(1));
    assertThatCode(sink::probe).doesNotThrowAnyException();
    assertThat(sink.check().isUp()).as(sink.check().toString()).isTrue();
  }

  @Test
  final void showsTheState() throws Exception {
    if (!(connected() instanceof StateSink sink)) {
      return;
    }
    HostState empty = new HostState(Instant.EPOCH, Health.up(), List.of());
    HostState present =
        new HostState(
            Instant.EPOCH,
            Health.degraded("a sink has a backlog"),
            List.of(),
            HostCondition.of(HostCondition.Presence.PRESENT));
    for (HostState now : List.of(empty, present, empty)) {
      assertThatCode(() -> sink.show(now)).doesNotThrowAnyException();
    }
    deliverAll(sink, events.next(1));
    assertThat(sink.check().isUp()).as(sink.check().toString()).isTrue();
  }

  @Test
  final void saysWhyItCannotConnectAndConnectsLater() throws Exception {
    Sink sink = created();
    breakPeer();
    DeliveryException failure = catchThrowableOfType(DeliveryException.class, sink::connect);
    if (noticesAtConnect()) {
      assertThat(failure).as("connect without a peer").isNotNull();
      assertThat(failure.getMessage()).isNotBlank();
      assertThat(sink.check().isUp()).isFalse();
    } else {
      assertThat(failure).as("connect without a peer").isNull();
    }
    healPeer();
    sink.connect();
    List<EncodedEvent> batch = events.next(3);
    deliverAll(sink, batch);
    assertThat(received()).isEqualTo(TestingEvents.ids(batch));
  }

  @Test
  final void losesNothingWithItsPeer() throws Exception {
    List<EncodedEvent> all = events.next(9);
    Sink sink = connected();
    deliverAll(sink, all.subList(0, 3));
    breakPeer();
    List<EncodedEvent> batch = all.subList(3, 9);
    DeliveryResult result = sink.deliver(batch);
    assertSound(result, batch);
    assertThat(result.retry().isPresent()).as("without a peer").isEqualTo(noticesAtDelivery());
    assertThat(sink.check().isUp()).isEqualTo(!noticesAtDelivery());
    healPeer();
    sink.connect();
    deliverAll(sink, batch.subList(result.settled(), batch.size()));
    assertFirstOnesInOrder(all);
  }

  @Test
  final void closesWithoutItsPeer() throws Exception {
    Sink sink = connected();
    deliverAll(sink, events.next(1));
    breakPeer();
    sink.close();
    threads.assertNoneLeft();
    healPeer();
  }

  @Test
  final void rejectsOnlyTheRefusedEvent() throws Exception {
    EncodedEvent bad = refused(events);
    List<EncodedEvent> good = events.next(4);
    Sink sink = connected();
    DeliveryResult result =
        sink.deliver(List.of(good.get(0), good.get(1), bad, good.get(2), good.get(3)));
    assertThat(result.settled()).isEqualTo(5);
    assertThat(result.retry()).isEmpty();
    assertThat(result.rejected()).extracting(Rejection::index).containsExactly(2);
    assertThat(result.rejected().get(0).reason()).isNotBlank();
    assertThat(received()).isEqualTo(TestingEvents.ids(good));
  }

  @Test
  final void canBeInterrupted() throws Exception {
    List<EncodedEvent> batch = events.next(5);
    Sink sink = connected();
    int settled = 0;
    Thread.currentThread().interrupt();
    try {
      DeliveryResult result = sink.deliver(batch);
      assertSound(result, batch);
      settled = result.settled();
    } catch (InterruptedException e) {
      assertThat(e).as("one way to respond").isNotNull();
    } finally {
      Thread.interrupted();
    }
    sink.connect();
    deliverAll(sink, batch.subList(settled, batch.size()));
    assertFirstOnesInOrder(batch);
  }

  private void assertFirstOnesInOrder(List<EncodedEvent> all) throws Exception {
    assertThat(new ArrayList<>(new LinkedHashSet<>(received()))).isEqualTo(TestingEvents.ids(all));
  }
}
