package io.sessionbridge.delivery;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.StateBoard;
import io.sessionbridge.supervision.BusySince;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events from the journal to one sink until it is stopped: connect, read, deliver, move
 * the cursor; on failure, wait and start over. A failing sink affects no other loop and no source.
 *
 * <p>{@link #start}, {@link #stop} and {@link #close} are called by one thread; the work is done on
 * the thread {@code sink-<id>}, which the supervisor owns.
 */
public final class DeliveryLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  /** The time that an interrupted sink has to return. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

  /** Bounds the back-off during a search, because the peer still accepts connections. */
  private static final Duration MAX_SEARCH_WAIT = Duration.ofSeconds(5);

  private final String sinkId;
  private final Sink sink;
  private final Journal journal;
  private final SinkConnection connection;
  private final BatchDeliverer deliverer;
  private final BusySince busy;
  private final DeliveryLedger ledger;
  private final SinkSettings settings;
  private final Clock.Signal signal;
  private final RetryWait retry;
  private final ThrottledLog log;
  private final CursorState atStart;

  /** Null until {@link #start}. */
  private volatile @Nullable Thread thread;

  /** Keeps a peer that connects but accepts nothing degraded until it accepts a batch. */
  private boolean batchFailed;

  private volatile @Nullable Instant waitingSince;
  private volatile boolean stopping;
  private volatile long stopAfter;
  private volatile @Nullable String currentFailure = "not connected yet";

  /** The collaborators of a loop, created by {@link DeliveryLoops}. */
  record Parts(
      String sinkId,
      Sink sink,
      Journal journal,
      StepReader reader,
      DeliveryLedger ledger,
      SinkSettings settings,
      StateBoard board,
      Clock clock,
      Backoff backoff,
      BatchBudget.Share share) {}

  DeliveryLoop(Parts parts) {
    this.sinkId = parts.sinkId();
    this.sink = parts.sink();
    this.journal = parts.journal();
    this.ledger = parts.ledger();
    this.busy = new BusySince(parts.clock());
    this.deliverer =
        new BatchDeliverer(
            sinkId,
            sink,
            new InFlight(parts.reader(), parts.share()),
            ledger,
            parts.settings(),
            parts.clock(),
            busy,
            after -> parts.reader().over(journal.reader(after)));
    this.settings = parts.settings();
    Clock clock = parts.clock();
    this.connection = new SinkConnection(sinkId, sink, parts.board(), clock, busy);
    this.signal = clock.signal();
    this.retry = new RetryWait(parts.backoff(), clock, signal);
    this.atStart = ledger.state();
    this.log = new ThrottledLog(LOG, "sink " + sinkId, clock);
  }

  public String sinkId() {
    return sinkId;
  }

  /** Starts the delivery. */
  public void start() {
    start(new Supervisor());
  }

  /**
   * Starts the delivery.
   *
   * @param owner supervises the loop's thread
   */
  public void start(Supervisor owner) {
    journal.onDurable(signal::raise);
    Thread made =
        owner.thread("sink-" + sinkId, "sink " + sinkId, Need.USEFUL, () -> stopping, this::run);
    thread = made;
    made.start();
  }

  /** Notifies the loop that the state on the board changed. Thread-safe; never blocks. */
  public void stateChanged() {
    connection.stateChanged();
    signal.raise();
  }

  /** Notifies the loop that the sink may have lost its connection. Thread-safe; never blocks. */
  public void connectionLost() {
    connection.doubt();
    signal.raise();
  }

  /**
   * The sink's health: the last failure since it last worked, a hanging call, or else the sink's
   * own check. Thread-safe.
   */
  public Health check() {
    String reported = currentFailure;
    Optional<String> slow = busy.slow();
    if (reported == null && slow.isEmpty()) {
      return sink.check();
    }
    return Health.degraded(
        Stream.concat(Stream.ofNullable(reported), slow.stream()).collect(joining("; ")));
  }

  /** The sink's totals. Thread-safe. */
  public SinkTotals totals() {
    return SinkTotals.of(ledger.state(), journal.durableSequence());
  }

  /**
   * Whether the gap of a damaged cursor is still to be delivered; pending excludes it. Thread-safe.
   */
  public boolean hasPendingGap() {
    return ledger.state().pendingHole() != null;
  }

  /** When the oldest pending event was recorded; empty if none is pending. Thread-safe. */
  public Optional<Instant> waitingSince() {
    return Optional.ofNullable(waitingSince);
  }

  /** The size of the journal's segments with pending events. Thread-safe. */
  public long backlogBytes() {
    return journal.bytesAfter(ledger.position());
  }

  /** The time until the next attempt; zero outside of a back-off. Thread-safe. */
  Duration untilNextAttempt() {
    return retry.left();
  }

  /** Failed attempts since the last successful one. Thread-safe. */
  int failures() {
    return retry.failures();
  }

  /** Events rejected since this loop was created. Thread-safe. */
  public long rejectedThisRun() {
    return ledger.state().rejected() - atStart.rejected();
  }

  /** Events lost since this loop was created. Thread-safe. */
  public long lostThisRun() {
    return ledger.state().lost() - atStart.lost();
  }

  private void run() throws InterruptedException {
    try {
      while (!isDone()) {
        turn();
      }
    } catch (InterruptedException e) {
      LOG.warn("sink {} was interrupted; it continues from its cursor at the next start", sinkId);
      throw e;
    } catch (RuntimeException | Error e) {
      currentFailure = Supervisor.STOPPED + ", restart the agent: " + e;
      LOG.error(
          "sink {} stopped (see the next error); no events are lost, {} are pending in the journal;"
              + " restart the agent",
          sinkId,
          totals().pending());
      throw e;
    } finally {
      closeAll();
    }
  }

  private boolean isDone() {
    return stopping && (currentFailure != null || ledger.position() >= stopAfter);
  }

  private void turn() throws InterruptedException {
    if (!connect() || !keep()) {
      return;
    }
    try {
      BatchDeliverer.Round round = deliverer.round();
      waitingSince = deliverer.waitingSince();
      if (round.answered()) {
        retry.reset();
      }
      if (round.settled() > 0 || round.idle()) {
        batchFailed = false;
        cleared();
      }
      if (round.failure().isPresent()) {
        batchFailed = true;
        if (round.failure().get().reconnect()) {
          connection.lost();
        }
        failed(
            round.failure().get().message(),
            round.searching() ? MAX_SEARCH_WAIT : RetryWait.NO_BOUND);
      } else if (round.idle()) {
        waitForMore();
      } else if (!round.rest().isZero()) {
        signal.await(round.rest());
      }
    } catch (IOException e) {
      batchFailed = true;
      failed("disk error: " + e.getMessage());
    }
  }

  private boolean connect() throws InterruptedException {
    if (connection.isUp()) {
      return true;
    }
    Optional<String> failure = connection.open();
    if (failure.isPresent()) {
      disconnected(failure.get());
      return false;
    }
    if (!batchFailed) {
      currentFailure = null; // otherwise the published state would still report no connection
    }
    return true;
  }

  private boolean keep() throws InterruptedException {
    Optional<String> failure = connection.keep();
    if (failure.isPresent()) {
      failed(failure.get());
      return false;
    }
    if (!batchFailed) {
      cleared();
      if (connection.isStable()) {
        retry.reset(); // even if no event was delivered to prove it
      }
    }
    return true;
  }

  /** Reads ahead while disconnected, so that the age of the backlog stays known. */
  private void disconnected(String message) throws InterruptedException {
    try {
      deliverer.lookAhead(() -> stopping);
      waitingSince = deliverer.waitingSince();
    } catch (IOException e) {
      LOG.debug(
          "sink {} cannot read its backlog",
          sinkId,
          e); // reported by the first round after a connect
    }
    failed(message);
  }

  private void waitForMore() throws InterruptedException {
    if (!stopping) {
      signal.await(connection.untilCheck());
    }
  }

  private void failed(String message) throws InterruptedException {
    failed(message, RetryWait.NO_BOUND);
  }

  private void failed(String message, Duration longestWait) throws InterruptedException {
    currentFailure = message;
    log.failed(message);
    if (!stopping) {
      retry.afterFailure(longestWait, () -> stopping);
    }
  }

  private void cleared() {
    currentFailure = null;
    log.recovered();
  }

  /**
   * Asks the loop to end: after all current events of the journal if they are at most one batch,
   * otherwise after the current batch; at once if the sink is disconnected.
   */
  public void stop() {
    long end = journal.durableSequence();
    long backlog = end - ledger.position();
    stopAfter = backlog <= settings.batchEvents() ? end : 0;
    stopping = true;
    signal.raise();
  }

  /**
   * Ends several loops side by side: asks all of them to stop, interrupts those that are late, and
   * then waits 2 s more for all of them together. A sink that ignores the interrupt keeps its
   * thread.
   *
   * @param atMost the time before the interrupt
   */
  public static void close(List<DeliveryLoop> loops, Duration atMost, Clock clock)
      throws InterruptedException {
    loops.forEach(DeliveryLoop::stop);
    awaitEnds(loops, atMost, clock);
    loops.forEach(DeliveryLoop::interrupt);
    awaitEnds(loops, AFTER_INTERRUPT, clock);
    for (DeliveryLoop loop : loops) {
      if (loop.thread == null) {
        loop.closeAll();
      }
    }
  }

  private static void awaitEnds(List<DeliveryLoop> loops, Duration atMost, Clock clock)
      throws InterruptedException {
    long end = clock.nanoTime() + atMost.toNanos();
    for (DeliveryLoop loop : loops) {
      loop.join(Duration.ofNanos(end - clock.nanoTime()));
    }
  }

  /**
   * Waits for the end that {@link #stop} requested. Interrupts the sink when the time is over, and
   * waits 2 s more.
   */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    join(atMost);
    if (interrupt()) {
      join(AFTER_INTERRUPT);
    }
  }

  private void join(Duration atMost) throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.join(Math.max(1, atMost.toMillis()));
    }
  }

  /** Interrupts the sink if the loop has not ended; returns whether that was necessary. */
  private boolean interrupt() {
    Thread running = thread;
    if (running == null || !running.isAlive()) {
      return false;
    }
    LOG.warn(
        "sink {} did not finish its batch in the time of shutdown and is interrupted; it sends the"
            + " unacknowledged events again after the restart",
        sinkId);
    running.interrupt();
    return true;
  }

  private void closeAll() {
    try {
      sink.close();
    } catch (RuntimeException e) {
      LOG.warn("sink {} could not be closed", sinkId, e);
    }
    try {
      deliverer.close();
    } catch (IOException e) {
      LOG.warn("the journal reader of sink {} could not be closed", sinkId, e);
    }
  }

  /** Ends the loop if it is still running; closes the sink of a loop that never started. */
  @Override
  public void close() {
    stop();
    if (thread == null) {
      closeAll();
      return;
    }
    try {
      awaitEnd(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
