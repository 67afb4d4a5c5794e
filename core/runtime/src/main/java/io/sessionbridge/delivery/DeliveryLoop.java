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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the journal to one sink, for ever: connect, read, deliver, move the cursor;
 * wait and begin again when something fails. Nothing a sink does reaches another loop or a source.
 *
 * <p>{@link #start}, {@link #stop} and {@link #close} are called by one thread; the rest happens on
 * the thread {@code sink-<id>}, which the supervisor owns.
 */
public final class DeliveryLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  /** A peer that accepts connections and breaks them over one event is not asked less often. */
  private static final Duration SEARCH_WAIT = Duration.ofSeconds(5);

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

  /** A peer that answers but takes nothing stays degraded until it takes a batch. */
  private boolean batchFailed;

  private volatile @Nullable Instant waitingSince;
  private volatile boolean stopping;
  private volatile long stopAfter;
  private volatile @Nullable String trouble = "not connected yet";

  /** Everything a loop works with; made by {@link DeliveryLoops}. */
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

  /** Begins to deliver. */
  public void start() {
    start(new Supervisor());
  }

  /**
   * Begins to deliver.
   *
   * @param owner of its thread
   */
  public void start(Supervisor owner) {
    journal.onDurable(signal::raise);
    Thread made =
        owner.thread("sink-" + sinkId, "sink " + sinkId, Need.USEFUL, () -> stopping, this::run);
    thread = made;
    made.start();
  }

  /** Tells the loop that the board changed. Any thread; never blocks. */
  public void stateChanged() {
    connection.stateChanged();
    signal.raise();
  }

  /** Tells the loop that the sink's connection broke by itself. Any thread; never blocks. */
  public void connectionLost() {
    connection.doubt();
    signal.raise();
  }

  /**
   * How the sink is: what failed last and did not work since, a call that hangs, else what the sink
   * says. Any thread.
   */
  public Health check() {
    String told = trouble;
    Optional<String> slow = busy.slow();
    if (told == null && slow.isEmpty()) {
      return sink.check();
    }
    return Health.degraded(
        Stream.concat(Stream.ofNullable(told), slow.stream()).collect(joining("; ")));
  }

  /** The sink's books. Any thread. */
  public SinkTotals totals() {
    return SinkTotals.of(ledger.state(), journal.durableSequence());
  }

  /** Whether a gap of a damaged cursor has yet to be delivered; it is not pending. Any thread. */
  public boolean owesGap() {
    return ledger.state().owed() != null;
  }

  /** When the oldest event in hand was recorded; empty if none waits. Any thread. */
  public Optional<Instant> waitingSince() {
    return Optional.ofNullable(waitingSince);
  }

  /** The size of the journal's files that hold events still to come. Any thread. */
  public long backlogBytes() {
    return journal.bytesBehind(ledger.position());
  }

  /** How long until the next attempt; zero if none is waited for. Any thread. */
  Duration untilNextAttempt() {
    return retry.left();
  }

  /** Attempts that failed since the last that worked. Any thread. */
  int failures() {
    return retry.failures();
  }

  /** Events refused since this loop was made. Any thread. */
  public long rejectedThisRun() {
    return ledger.state().rejected() - atStart.rejected();
  }

  /** Events lost since this loop was made. Any thread. */
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
      trouble = Supervisor.STOPPED + ", restart the agent: " + e;
      LOG.error(
          "sink {}: nothing is lost, {} events wait in the journal", sinkId, totals().pending());
      throw e;
    } finally {
      closeAll();
    }
  }

  private boolean isDone() {
    return stopping && (trouble != null || ledger.position() >= stopAfter);
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
            round.failure().get().message(), round.searching() ? SEARCH_WAIT : RetryWait.NO_BOUND);
      } else if (round.idle()) {
        waitForMore();
      } else if (!round.rest().isZero()) {
        signal.await(round.rest());
      }
    } catch (IOException e) {
      batchFailed = true;
      failed("the disk: " + e.getMessage());
    }
  }

  private boolean connect() throws InterruptedException {
    if (connection.isUp()) {
      return true;
    }
    Optional<String> failure = connection.open();
    if (failure.isPresent()) {
      away(failure.get());
      return false;
    }
    if (!batchFailed) {
      trouble = null; // or the state that is shown would still say that there is no connection
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
      if (connection.hasStood()) {
        retry.reset(); // though perhaps no event has come to prove it
      }
    }
    return true;
  }

  /** Looks what waits meanwhile, so that its age is known although nothing is delivered. */
  private void away(String message) throws InterruptedException {
    try {
      deliverer.lookAhead(() -> stopping);
      waitingSince = deliverer.waitingSince();
    } catch (IOException e) {
      LOG.debug("sink {} cannot see what waits", sinkId, e); // the round after a connect tells it
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
    trouble = message;
    log.trouble(message);
    if (!stopping) {
      retry.afterFailure(longestWait, () -> stopping);
    }
  }

  private void cleared() {
    trouble = null;
    log.over();
  }

  /**
   * Asks the loop to end: after what the journal holds now if that is one batch or less, else after
   * the batch in hand; at once if the sink is away.
   */
  public void stop() {
    long end = journal.durableSequence();
    long backlog = end - ledger.position();
    stopAfter = backlog <= settings.batchEvents() ? end : 0;
    stopping = true;
    signal.raise();
  }

  /** Waits for the end that {@link #stop} asked for; interrupts the sink when the time is over. */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.join(Math.max(1, atMost.toMillis()));
    if (running.isAlive()) {
      LOG.warn("sink {} did not finish its batch in time and is interrupted", sinkId);
      running.interrupt();
      running.join(2000);
    }
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

  /** Ends the loop if that was not done; for one that never started, closes its sink. */
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
