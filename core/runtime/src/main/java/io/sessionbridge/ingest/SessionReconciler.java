package io.sessionbridge.ingest;

import static io.sessionbridge.ingest.Ingest.WhenFull.AS_CONFIGURED;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.DurableEmitter;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the sessions that exist with those that the board shows, whenever a source asks for it.
 * Those that nobody reported, or that are not as reported, become {@code session_present} events.
 *
 * <p>Its thread {@code ingest-census} asks the directory, so that who asks never waits.
 */
public final class SessionReconciler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SessionReconciler.class);

  /** What one write takes; far below the limits of an intake. */
  private static final int BATCH = 256;

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private record Request(String sourceId, String sourceType, String reason) {}

  private final Ingest ingest;
  private final SessionDirectory directory;
  private final LiveBoard board;
  private final Clock clock;
  private final Clock.Signal asked;
  private final AtomicReference<Request> pending = new AtomicReference<>();
  private final Clock.Signal stop;
  private final Thread thread;
  private volatile boolean closing;

  public SessionReconciler(
      Ingest ingest,
      SessionDirectory directory,
      LiveBoard board,
      Clock clock,
      Supervisor supervisor) {
    this.ingest = ingest;
    this.directory = directory;
    this.board = board;
    this.clock = clock;
    this.asked = clock.signal();
    this.stop = clock.signal();
    this.thread =
        supervisor.thread("ingest-census", "census", Need.USEFUL, () -> closing, this::run);
  }

  public void start() {
    thread.start();
  }

  /** Asks for a comparison, soon. Several requests become one, in the name of the last. */
  void ask(String sourceId, String sourceType, String reason) {
    pending.set(new Request(sourceId, sourceType, reason));
    asked.raise();
  }

  private void run() throws InterruptedException {
    while (!closing) {
      Request request = pending.getAndSet(null);
      if (request == null) {
        asked.await();
      } else if (!compare(request)) {
        pending.compareAndSet(null, request);
        stop.await(PAUSE);
      }
    }
  }

  /** False if the directory has a defect, so that it must be asked again. */
  private boolean compare(Request request) throws InterruptedException {
    List<Observation> news;
    try {
      news = differences(request.reason());
    } catch (RuntimeException e) {
      LOG.error("the sessions that exist cannot be read and are read again: {}", e.toString());
      LOG.debug("the directory's defect", e);
      return false;
    }
    DurableEmitter emitter =
        new DurableEmitter(
            "the census for source " + request.sourceId(),
            some -> ingest.emit(request.sourceId(), request.sourceType(), some, AS_CONFIGURED),
            ingest::lost,
            durable -> {},
            stop,
            () -> closing);
    for (int from = 0; from < news.size(); from += BATCH) {
      if (!emitter.emit(news.subList(from, Math.min(news.size(), from + BATCH))).isComplete()) {
        return true; // the agent stops; the next start compares again
      }
    }
    return true;
  }

  private List<Observation> differences(String reason) {
    List<Observation> differences = new ArrayList<>();
    Instant now = clock.now();
    for (EventData session : directory.all()) {
      EventData told = session.toBuilder().putIfAbsent(Field.REASON, reason).build();
      Observation observation = Observation.live(now, told);
      if (board.isNews(observation)) {
        differences.add(observation);
      }
    }
    return differences;
  }

  /** Ends it; what was asked for a moment ago may be left out. */
  @Override
  public void close() {
    closing = true;
    asked.raise();
    stop.raise();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
