package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Failure;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.supervision.BusySince;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events from the journal to a connected sink, one batch per round, and settles the
 * results: dead letters first, then the cursor. Does not connect or wait. One thread.
 */
final class BatchDeliverer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchDeliverer.class);

  private static final Duration TEST_PAUSE = Duration.ofSeconds(1);

  /** Few, because they stay in memory while the sink is disconnected. */
  private static final int LOOK_AHEAD = 100;

  /**
   * The result of a round.
   *
   * @param idle true if there was nothing to do
   * @param settled how many events need no further attempt
   * @param rest delay before the next round, because of a limit; zero for none
   * @param failure why the round ended early
   * @param answered whether the peer accepted anything
   * @param searching whether the failure is part of the search for the event that causes it
   */
  record Round(
      boolean idle,
      int settled,
      Duration rest,
      Optional<Failure> failure,
      boolean answered,
      boolean searching) {

    private static Round nothing() {
      return new Round(true, 0, Duration.ZERO, Optional.empty(), false, false);
    }

    private static Round waiting(Duration rest) {
      return new Round(false, 0, rest, Optional.empty(), false, false);
    }
  }

  /** A sink's result for a batch, until it is on disk. */
  private record Settlement(List<Step.Send> batch, DeliveryResult result) {}

  private final String sinkId;
  private final Sink sink;
  private final DeliveryLedger ledger;
  private final SinkSettings settings;
  private final RateLimiter limiter;
  private final BusySince busy;
  private final Clock clock;
  private final Controls controls;
  private final PoisonDetector detector = new PoisonDetector();
  private final InFlight inFlight;
  private @Nullable Settlement settlement;

  /** Whether the last round left exactly one event unsettled. */
  private boolean oneUnsettled;

  /** When the next test may start; empty if the pause before it has not started. */
  private OptionalLong testAt = OptionalLong.empty();

  BatchDeliverer(
      String sinkId,
      Sink sink,
      InFlight inFlight,
      DeliveryLedger ledger,
      SinkSettings settings,
      Clock clock,
      BusySince busy,
      Controls.History history) {
    this.sinkId = sinkId;
    this.sink = sink;
    this.inFlight = inFlight;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.busy = busy;
    this.controls = new Controls(history);
    this.limiter = new RateLimiter(settings.maxEventsPerSecond(), clock);
  }

  /** When the oldest event in memory was recorded; null if there is none. */
  @Nullable Instant waitingSince() {
    return inFlight.recordedTime();
  }

  /**
   * Reads, delivers and settles once.
   *
   * @throws IOException if the journal or the dead letters fail; events that the sink settled are
   *     not sent again
   */
  Round round() throws IOException, InterruptedException {
    finishSettlement();
    if (inFlight.isEmpty()) {
      readMore();
    }
    if (inFlight.isEmpty()) {
      return Round.nothing();
    }
    pass(0, 0);
    if (inFlight.isEmpty()) {
      return round(0, Optional.empty());
    }
    int most = limiter.allowed(Math.min(settings.batchEvents(), detector.limit()));
    if (most == 0) {
      return Round.waiting(limiter.untilNext());
    }
    if (detector.next() == PoisonDetector.Next.TEST) {
      return test();
    }
    boolean addNeighbour = oneUnsettled && !detector.isSearching();
    return deliver(addNeighbour ? withNeighbour() : inFlight.front(most, settings.batchBytes()));
  }

  /**
   * Sends an unsettled event again together with its neighbour, regardless of the batch size. Only
   * then can a sink distinguish whether the peer refuses this event or all events.
   */
  private List<Step.Send> withNeighbour() throws IOException {
    if (inFlight.front(2, Long.MAX_VALUE).size() < 2) {
      readMore();
    }
    return inFlight.front(2, Long.MAX_VALUE);
  }

  /**
   * Finds the next event to send while the sink is disconnected. Passes the records before it that
   * need no delivery, so that they do not keep segments on the disk.
   */
  void lookAhead(BooleanSupplier cancelled) throws IOException, InterruptedException {
    finishSettlement();
    while (inFlight.isEmpty() && !cancelled.getAsBoolean()) {
      inFlight.readMore(LOOK_AHEAD, settings.batchBytes());
      if (inFlight.isEmpty()) {
        return;
      }
      pass(0, 0);
    }
  }

  private void readMore() throws IOException {
    inFlight.readMore(settings.batchEvents(), settings.batchBytes());
  }

  private Round deliver(List<Step.Send> batch) throws IOException, InterruptedException {
    DeliveryResult result = deliverCounted(batch);
    int settled = result.settled();
    if (settled == batch.size()) {
      detector.settled(settled);
    } else if (result.retry().orElseThrow().unavailable()) {
      detector.unavailable();
    } else {
      detector.failed(batch.size(), settled);
    }
    return settle(batch, result);
  }

  /** Tests with a control event whether the first event causes the failures. */
  private Round test() throws IOException, InterruptedException {
    if (inFlight.front(2, Long.MAX_VALUE).size() < 2) {
      readMore();
    }
    List<Step.Send> next = inFlight.front(PoisonDetector.STRIKES, Long.MAX_VALUE);
    List<Step.Send> suspect = next.subList(0, 1);
    Optional<Step.Send> control =
        controls.of(suspect.get(0), detector.failures(), next.subList(1, next.size()));
    if (control.isEmpty()) {
      return deliver(suspect);
    }
    Duration pause = untilTest();
    if (!pause.isZero()) {
      return Round.waiting(pause);
    }
    testAt = OptionalLong.empty();
    DeliveryResult ofControl = deliverCounted(List.of(control.get()));
    if (ofControl.settled() == 0 || !ofControl.rejected().isEmpty()) {
      detector.controlFailed();
      controls.failed();
      return round(0, ofControl.retry());
    }
    controls.accepted(control.get());
    return verdict(suspect, deliverCounted(suspect));
  }

  /** The pause gives a peer that fails soon after a reconnect time to do so before the test. */
  private Duration untilTest() {
    long now = clock.nanoTime();
    if (testAt.isEmpty()) {
      testAt = OptionalLong.of(now + TEST_PAUSE.toNanos());
    }
    return Duration.ofNanos(Math.max(0, testAt.getAsLong() - now));
  }

  private Round verdict(List<Step.Send> suspect, DeliveryResult result)
      throws IOException, InterruptedException {
    if (result.settled() == 1) {
      detector.settled(1);
      return settle(suspect, result);
    }
    Failure failure = result.retry().orElseThrow();
    if (failure.unavailable()) {
      detector.unavailable();
    } else if (detector.strike()) {
      detector.settled(1);
      int size = suspect.get(0).event().body().length;
      String reason =
          "event of %d bytes: in %d tests the peer accepted its neighbour and then failed on it: %s"
              .formatted(size, PoisonDetector.STRIKES, failure.message());
      Rejection rejection = new Rejection(0, reason);
      return settle(suspect, new DeliveryResult(1, List.of(rejection), Optional.of(failure)));
    }
    return new Round(false, 0, Duration.ZERO, Optional.of(failure), true, true);
  }

  private static String count(int events) {
    return events + (events == 1 ? " event" : " events");
  }

  /** An unexpected exception of the sink counts as a failed batch. */
  private DeliveryResult deliverCounted(List<Step.Send> batch) throws InterruptedException {
    limiter.sent(batch.size());
    try {
      return deliverTo(sink, batch);
    } catch (RuntimeException e) {
      LOG.debug("delivery by sink {} threw", sinkId, e);
      String message = "delivery of " + count(batch.size()) + " failed: " + e;
      return DeliveryResult.failed(0, List.of(), message);
    }
  }

  private DeliveryResult deliverTo(Sink sink, List<Step.Send> batch) throws InterruptedException {
    List<EncodedEvent> events = batch.stream().map(Step.Send::event).toList();
    DeliveryResult result;
    busy.begin("delivery of " + count(events.size()));
    try {
      result = sink.deliver(events);
    } finally {
      busy.end();
    }
    boolean complete = result.settled() == events.size();
    if (result.settled() > events.size() || !complete && result.retry().isEmpty()) {
      throw new IllegalStateException(
          "the sink settled " + result.settled() + " of " + events.size() + " and gave no reason");
    }
    return result;
  }

  private Round settle(List<Step.Send> batch, DeliveryResult result)
      throws IOException, InterruptedException {
    oneUnsettled = batch.size() - result.settled() == 1;
    settlement = new Settlement(batch, result);
    recordAccepted(batch, result);
    finishSettlement();
    return round(result.settled(), result.retry());
  }

  private Round round(int settled, Optional<Failure> failure) {
    return new Round(false, settled, Duration.ZERO, failure, settled > 0, detector.isSearching());
  }

  private void recordAccepted(List<Step.Send> batch, DeliveryResult result) {
    Set<Integer> rejected =
        result.rejected().stream().map(Rejection::index).collect(Collectors.toSet());
    for (int i = result.settled() - 1; i >= 0; i--) {
      if (!rejected.contains(i)) {
        controls.accepted(batch.get(i));
        return;
      }
    }
  }

  /** Writes the dead letters before the cursor moves and before the next delivery. */
  private void finishSettlement() throws IOException, InterruptedException {
    Settlement open = settlement;
    if (open == null) {
      return;
    }
    List<Rejection> rejected = open.result.rejected();
    ledger.writeDeadLetters(open.batch, rejected);
    warn(
        "rejected",
        rejected.stream()
            .map(one -> open.batch.get(one.index()).event().event().id() + ": " + one.reason())
            .toList());
    long counted = rejected.stream().filter(one -> !open.batch.get(one.index()).gap()).count();
    if (open.result.settled() > 0) {
      pass(open.result.settled(), counted);
    }
    settlement = null;
  }

  /** One line per batch, so that a peer that rejects everything does not flood the log. */
  private void warn(String what, List<String> refused) {
    if (refused.size() == 1) {
      LOG.warn("sink {} {} event {}", sinkId, what, refused.get(0));
    } else if (!refused.isEmpty()) {
      LOG.warn("sink {} {} {} events, the first {}", sinkId, what, refused.size(), refused.get(0));
    }
  }

  /** Passes that many events and the records after them that need no delivery. */
  private void pass(int events, long rejectedSends) throws IOException, InterruptedException {
    List<Step> steps = inFlight.upTo(events);
    List<Step.Rejected> rejected =
        steps.stream()
            .filter(Step.Rejected.class::isInstance)
            .map(Step.Rejected.class::cast)
            .toList();
    ledger.writeDeadLetters(rejected);
    warn(
        "cannot receive",
        rejected.stream().map(one -> one.eventId() + ": it " + one.reason()).toList());
    ledger.pass(steps, rejectedSends);
    inFlight.remove(steps.size());
  }

  /** Releases all memory. */
  @Override
  public void close() throws IOException {
    settlement = null;
    inFlight.close();
  }
}
