package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Failure;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the journal to a connected sink, one batch a round, and settles what came of
 * them: dead letters first, then the cursor. Knows nothing of connecting and waiting. One thread.
 */
final class Courier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** Few, because they stay in memory while the sink is away. */
  private static final int LOOK_AHEAD = 100;

  /**
   * What came of a round.
   *
   * @param idle true if there was nothing to do
   * @param settled how many events need never be sent again
   * @param rest before the next round, because of a limit; zero for none
   * @param failure why it ended early
   */
  record Round(boolean idle, int settled, Duration rest, Optional<Failure> failure) {
    private static Round settled(int events, Optional<Failure> failure) {
      return new Round(false, events, Duration.ZERO, failure);
    }

    private static Round broken(int events, RuntimeException e) {
      String message = "deliver of " + count(events) + " failed: " + e;
      return settled(0, Optional.of(new Failure(message, true)));
    }
  }

  /** What a sink said of a batch, until that is on the disk. */
  private record Settlement(List<Step.Send> batch, DeliveryResult result) {}

  private final String sinkId;
  private final Sink sink;
  private final StepReader reader;
  private final Books books;
  private final SinkSettings settings;
  private final Pace pace;
  private final BusySince busy;
  private final Suspicion suspicion = new Suspicion();
  private final Outbox outbox = new Outbox();
  private @Nullable Settlement settlement;

  /** Whether the last round left one event alone. */
  private boolean lonely;

  Courier(
      String sinkId,
      Sink sink,
      StepReader reader,
      Books books,
      SinkSettings settings,
      Clock clock,
      BusySince busy) {
    this.sinkId = sinkId;
    this.sink = sink;
    this.reader = reader;
    this.books = books;
    this.settings = settings;
    this.busy = busy;
    this.pace = new Pace(settings.maxEventsPerSecond(), clock);
  }

  /** When the oldest event in hand was recorded; null if none waits. */
  @Nullable Instant waitingSince() {
    return outbox.recordedTime();
  }

  /**
   * Reads, delivers and settles once.
   *
   * @throws IOException if the journal or the dead letters fail; what the sink took is not sent
   *     again
   */
  Round round() throws IOException, InterruptedException {
    finishSettlement();
    if (outbox.isEmpty()) {
      readMore();
    }
    if (outbox.isEmpty()) {
      return new Round(true, 0, Duration.ZERO, Optional.empty());
    }
    pass(0, 0);
    if (outbox.isEmpty()) {
      return Round.settled(0, Optional.empty());
    }
    int most = pace.allowed(Math.min(settings.batchEvents(), suspicion.limit()));
    if (most == 0) {
      return new Round(false, 0, pace.untilNext(), Optional.empty());
    }
    if (suspicion.triesNeighbour()) {
      readMore();
      List<Step.Send> two = outbox.front(2, Long.MAX_VALUE);
      if (two.size() == 2) {
        return deliverNeighbour(two);
      }
    }
    return deliver(lonely ? withCompany() : outbox.front(most, settings.batchBytes()));
  }

  /**
   * An event that was not taken comes again with its neighbour, whatever the size of a batch: only
   * so can a sink tell whether the peer refuses this one or everything.
   */
  private List<Step.Send> withCompany() throws IOException {
    if (outbox.front(2, Long.MAX_VALUE).size() < 2) {
      readMore();
    }
    return outbox.front(2, Long.MAX_VALUE);
  }

  /**
   * Finds the first event for the sink while that is away. What stands before it and needs no sink
   * is passed, so that it holds no segment back.
   */
  void lookAhead(BooleanSupplier cancelled) throws IOException, InterruptedException {
    finishSettlement();
    while (outbox.isEmpty() && !cancelled.getAsBoolean()) {
      outbox.add(reader.read(LOOK_AHEAD, settings.batchBytes()));
      if (outbox.isEmpty()) {
        return;
      }
      pass(0, 0);
    }
  }

  private void readMore() throws IOException {
    outbox.add(reader.read(settings.batchEvents(), settings.batchBytes()));
  }

  private Round deliver(List<Step.Send> batch) throws IOException, InterruptedException {
    DeliveryResult result;
    try {
      result = ask(batch);
    } catch (RuntimeException e) {
      LOG.debug("deliver of sink {} threw", sinkId, e);
      suspicion.broke(batch.size());
      return Round.broken(batch.size(), e);
    }
    return settle(batch, result);
  }

  /** Tries the event behind the suspected one; if that works, it was the event and not the sink. */
  private Round deliverNeighbour(List<Step.Send> two) throws IOException, InterruptedException {
    DeliveryResult neighbour;
    try {
      neighbour = ask(two.subList(1, 2));
    } catch (RuntimeException e) {
      suspicion.broke(1);
      return Round.broken(1, e);
    }
    if (neighbour.settled() == 0) {
      suspicion.broke(1);
      return Round.settled(0, neighbour.retry());
    }
    List<Rejection> rejections = new ArrayList<>();
    rejections.add(new Rejection(0, "the sink breaks on it and not on its neighbour"));
    neighbour.rejected().forEach(one -> rejections.add(new Rejection(1, one.reason())));
    return settle(two, DeliveryResult.settled(2, rejections));
  }

  private static String count(int events) {
    return events + (events == 1 ? " event" : " events");
  }

  private DeliveryResult ask(List<Step.Send> batch) throws InterruptedException {
    List<EncodedEvent> events = batch.stream().map(Step.Send::event).toList();
    DeliveryResult result;
    busy.begin("deliver of " + count(events.size()));
    try {
      result = sink.deliver(events);
    } finally {
      busy.end();
    }
    boolean complete = result.settled() == events.size();
    if (result.settled() > events.size() || !complete && result.retry().isEmpty()) {
      throw new IllegalStateException(
          "it settled " + result.settled() + " of " + events.size() + " and gave no reason");
    }
    return result;
  }

  private Round settle(List<Step.Send> batch, DeliveryResult result)
      throws IOException, InterruptedException {
    pace.sent(batch.size());
    if (result.settled() > 0) {
      suspicion.worked();
    }
    lonely = batch.size() - result.settled() == 1;
    settlement = new Settlement(batch, result);
    finishSettlement();
    return Round.settled(result.settled(), result.retry());
  }

  /** Until the dead letters are on the disk, the cursor stays, and the sink is not asked again. */
  private void finishSettlement() throws IOException, InterruptedException {
    Settlement open = settlement;
    if (open == null) {
      return;
    }
    List<Rejection> rejected = open.result.rejected();
    books.bury(open.batch, rejected);
    warn(
        "rejects",
        rejected.stream()
            .map(one -> open.batch.get(one.index()).event().event().id() + ": " + one.reason())
            .toList());
    long counted = rejected.stream().filter(one -> !open.batch.get(one.index()).gap()).count();
    if (open.result.settled() > 0) {
      pass(open.result.settled(), counted);
    }
    settlement = null;
  }

  /** One line for a batch: a peer that refuses everything must not fill the log. */
  private void warn(String what, List<String> refused) {
    if (refused.size() == 1) {
      LOG.warn("sink {} {} event {}", sinkId, what, refused.get(0));
    } else if (!refused.isEmpty()) {
      LOG.warn("sink {} {} {} events, the first {}", sinkId, what, refused.size(), refused.get(0));
    }
  }

  /** Passes so many events, and what stands behind them and needs no sink. */
  private void pass(int events, long rejectedSends) throws IOException, InterruptedException {
    List<Step> steps = outbox.upTo(events);
    List<Step.Rejected> rejected =
        steps.stream()
            .filter(Step.Rejected.class::isInstance)
            .map(Step.Rejected.class::cast)
            .toList();
    books.bury(rejected);
    warn(
        "cannot get",
        rejected.stream().map(one -> one.eventId() + ": it " + one.reason()).toList());
    books.pass(steps, rejectedSends);
    outbox.remove(steps.size());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
