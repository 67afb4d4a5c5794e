package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.StateBoard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the journal to one sink, for ever: connect, read, deliver, move the cursor;
 * wait and begin again when something fails. Nothing a sink does reaches another loop or a source.
 *
 * <p>{@link #start}, {@link #stop} and {@link #close} are called by one thread; the rest happens on
 * the thread {@code sink-<id>}.
 */
public final class DeliveryLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
  private static final Duration PRESENT_EVERY = Duration.ofSeconds(30);

  private final String sinkId;
  private final Sink sink;
  private final Journal journal;
  private final StepReader reader;
  private final Books books;
  private final SinkSettings settings;
  private final StateBoard board;
  private final Clock clock;
  private final Clock.Signal signal;
  private final Backoff backoff;
  private final Pace pace;
  private final FoldedLog log;
  private final Suspicion suspicion = new Suspicion();
  private final Outbox outbox = new Outbox();
  private final CursorState atStart;
  private final Thread thread;

  private boolean connected;
  private volatile @Nullable Instant waitingSince;
  private long presentedAt;
  private volatile boolean stateChanged;
  private volatile boolean stopping;
  private volatile long stopAfter;
  private volatile @Nullable String trouble = "not connected yet";

  /** Everything a loop works with; made by {@link DeliveryLoops}. */
  record Parts(
      String sinkId,
      Sink sink,
      Journal journal,
      StepReader reader,
      Books books,
      SinkSettings settings,
      StateBoard board,
      Clock clock,
      Backoff backoff) {}

  DeliveryLoop(Parts parts) {
    this.sinkId = parts.sinkId();
    this.sink = parts.sink();
    this.journal = parts.journal();
    this.reader = parts.reader();
    this.books = parts.books();
    this.settings = parts.settings();
    this.board = parts.board();
    this.clock = parts.clock();
    this.signal = clock.signal();
    this.backoff = parts.backoff();
    this.atStart = books.state();
    this.pace = new Pace(settings.maxEventsPerSecond(), clock);
    this.log = new FoldedLog(LOG, "sink " + sinkId, clock);
    this.thread = new Thread(this::run, "sink-" + sinkId);
  }

  public String sinkId() {
    return sinkId;
  }

  /** Begins to deliver. */
  public void start() {
    journal.onDurable(signal::raise);
    thread.start();
  }

  /** Tells the loop that the board changed. Any thread; never blocks. */
  public void stateChanged() {
    stateChanged = true;
    signal.raise();
  }

  /** How the sink is: what the loop met last, else what the sink says. Any thread. */
  public Health check() {
    String told = trouble;
    return told == null ? sink.check() : Health.degraded(told);
  }

  /** The sink's books. Any thread. */
  public SinkTotals totals() {
    return SinkTotals.of(books.state(), journal.durableSequence());
  }

  /** When the oldest event in hand was recorded; empty if none waits. Any thread. */
  public Optional<Instant> waitingSince() {
    return Optional.ofNullable(waitingSince);
  }

  /** Events refused since this loop was made. Any thread. */
  public long rejectedThisRun() {
    return books.state().rejected() - atStart.rejected();
  }

  /** Events lost since this loop was made. Any thread. */
  public long lostThisRun() {
    return books.state().lost() - atStart.lost();
  }

  private void run() {
    try {
      while (!isDone()) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("sink {} was interrupted; it goes on from its cursor at the next start", sinkId);
    } catch (RuntimeException | Error e) {
      trouble = "stopped by a defect, restart the agent: " + e;
      LOG.error("sink {} {}", sinkId, trouble, e);
    } finally {
      closeAll();
    }
  }

  private boolean isDone() {
    return stopping && (trouble != null || books.position() >= stopAfter);
  }

  private void turn() throws InterruptedException {
    if (!connected && !connect()) {
      return;
    }
    if (isPresentDue() && !present()) {
      return;
    }
    try {
      if (outbox.isEmpty()) {
        outbox.add(reader.read(settings.batchEvents(), settings.batchBytes()));
      }
      if (outbox.isEmpty()) {
        waitForMore();
        return;
      }
      passWithoutSending();
      waitingSince = outbox.recordedTime();
      if (!outbox.isEmpty()) {
        deliver();
        waitingSince = outbox.recordedTime();
      }
    } catch (IOException e) {
      failed("the journal: " + e.getMessage());
    }
  }

  private boolean connect() throws InterruptedException {
    try {
      sink.connect();
      connected = true;
      presentedAt = clock.nanoTime() - PRESENT_EVERY.toNanos();
      return true;
    } catch (DeliveryException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.debug("connect of sink {} threw", sinkId, e);
      failed("connect failed: " + e);
    }
    return false;
  }

  private boolean isPresentDue() {
    return stateChanged || clock.nanoTime() - presentedAt >= PRESENT_EVERY.toNanos();
  }

  private boolean present() throws InterruptedException {
    stateChanged = false;
    presentedAt = clock.nanoTime();
    try {
      sink.present(board.now());
      cleared();
      return true;
    } catch (DeliveryException e) {
      connected = false;
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.debug("present of sink {} threw", sinkId, e);
      connected = false;
      failed("showing the state failed: " + e);
    }
    return false;
  }

  private void waitForMore() throws InterruptedException {
    if (!stopping) {
      long left = PRESENT_EVERY.toNanos() - (clock.nanoTime() - presentedAt);
      signal.await(Duration.ofNanos(left));
    }
  }

  /** Passes what is at the front and needs no sink: unwanted and broken events. */
  private void passWithoutSending() throws IOException, InterruptedException {
    List<Step> steps = outbox.settle(0);
    for (Step step : steps) {
      if (step instanceof Step.Rejected rejected) {
        LOG.warn(
            "sink {}: event {} is rejected: it {}", sinkId, rejected.eventId(), rejected.reason());
        untilWritten(() -> books.bury(rejected));
      }
    }
    books.pass(steps, 0);
  }

  private void deliver() throws IOException, InterruptedException {
    int most = pace.allowed(Math.min(settings.batchEvents(), suspicion.limit()));
    if (most == 0) {
      signal.await(pace.untilNext());
      return;
    }
    if (suspicion.triesNeighbour() && deliverNeighbour()) {
      return;
    }
    List<Step.Send> batch = outbox.front(most, settings.batchBytes());
    DeliveryResult result;
    try {
      result = sink.deliver(events(batch));
      requireFits(result, batch.size());
    } catch (RuntimeException e) {
      LOG.debug("deliver of sink {} threw", sinkId, e);
      suspicion.broke(batch.size());
      connected = false;
      failed("deliver of " + batch.size() + " events failed: " + e);
      return;
    }
    settle(batch, result);
  }

  private static void requireFits(DeliveryResult result, int batch) {
    if (result.settled() > batch || result.settled() < batch && result.retry().isEmpty()) {
      throw new IllegalStateException(
          "a sink settled " + result.settled() + " of " + batch + " events and gave no reason");
    }
  }

  private static List<EncodedEvent> events(List<Step.Send> batch) {
    return batch.stream().map(Step.Send::event).toList();
  }

  private void settle(List<Step.Send> batch, DeliveryResult result)
      throws IOException, InterruptedException {
    pace.sent(batch.size());
    if (!result.rejected().isEmpty()) {
      result
          .rejected()
          .forEach(
              one ->
                  LOG.warn(
                      "sink {} rejects event {}: {}",
                      sinkId,
                      batch.get(one.index()).event().event().id(),
                      one.reason()));
      untilWritten(() -> books.bury(batch, result.rejected()));
    }
    if (result.settled() > 0) {
      long rejected =
          result.rejected().stream().filter(one -> !batch.get(one.index()).gap()).count();
      books.pass(outbox.settle(result.settled()), rejected);
      suspicion.worked();
      backoff.reset();
      cleared();
    }
    if (result.retry().isPresent()) {
      connected = connected && !result.retry().get().reconnect();
      failed(result.retry().get().message());
    }
  }

  /**
   * Tries the event behind the suspected one.
   *
   * @return false if there is none to try
   */
  private boolean deliverNeighbour() throws IOException, InterruptedException {
    if (outbox.front(2, Long.MAX_VALUE).size() < 2) {
      outbox.add(reader.read(settings.batchEvents(), settings.batchBytes()));
    }
    List<Step.Send> two = outbox.front(2, Long.MAX_VALUE);
    if (two.size() < 2) {
      return false;
    }
    try {
      DeliveryResult result = sink.deliver(List.of(two.get(1).event()));
      if (result.settled() == 1) {
        DeliveryResult both =
            DeliveryResult.settled(
                2, rejections(result, "the sink breaks on it and not on its neighbour"));
        settle(two, both);
        return true;
      }
      suspicion.broke(1);
      connected = false;
      failed(result.retry().map(DeliveryResult.Failure::message).orElse("nothing was settled"));
    } catch (RuntimeException e) {
      suspicion.broke(1);
      connected = false;
      failed("deliver of 1 event failed: " + e);
    }
    return true;
  }

  private static List<DeliveryResult.Rejection> rejections(
      DeliveryResult neighbour, String reason) {
    java.util.ArrayList<DeliveryResult.Rejection> rejections = new java.util.ArrayList<>();
    rejections.add(new DeliveryResult.Rejection(0, reason));
    neighbour
        .rejected()
        .forEach(one -> rejections.add(new DeliveryResult.Rejection(1, one.reason())));
    return rejections;
  }

  /** Something that must reach the disk before the cursor may move. */
  private interface DiskWrite {
    void write() throws IOException, InterruptedException;
  }

  private void untilWritten(DiskWrite work) throws InterruptedException {
    while (true) {
      try {
        work.write();
        return;
      } catch (IOException e) {
        if (stopping) {
          throw new InterruptedException("stopped while dead letters wait for the disk");
        }
        failed("dead letters cannot be written: " + e.getMessage());
      }
    }
  }

  private void failed(String message) throws InterruptedException {
    trouble = message;
    log.trouble(message);
    if (!stopping) {
      pause(backoff.next());
    }
  }

  /** Waits although the bell rings for new events, until the time is over or the loop must stop. */
  private void pause(Duration wait) throws InterruptedException {
    long end = clock.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0 && !stopping; left = end - clock.nanoTime()) {
      signal.await(Duration.ofNanos(left));
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
    long backlog = end - books.position();
    stopAfter = backlog <= settings.batchEvents() ? end : 0;
    stopping = true;
    signal.raise();
  }

  /** Waits for the end that {@link #stop} asked for; interrupts the sink when the time is over. */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(Math.max(1, atMost.toMillis()));
    if (thread.isAlive()) {
      LOG.warn("sink {} did not finish its batch in time and is interrupted", sinkId);
      thread.interrupt();
      thread.join(2000);
    }
  }

  private void closeAll() {
    try {
      sink.close();
    } catch (RuntimeException e) {
      LOG.warn("sink {} could not be closed", sinkId, e);
    }
    try {
      reader.close();
    } catch (IOException e) {
      LOG.warn("the journal reader of sink {} could not be closed", sinkId, e);
    }
  }

  /** Ends the loop if that was not done; for one that never started, closes its sink. */
  @Override
  public void close() {
    stop();
    if (thread.getState() == Thread.State.NEW) {
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
