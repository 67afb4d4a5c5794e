package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.ingest.Ingest.Patience;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.SessionDirectory;
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
public final class Census implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Census.class);

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
  private final Thread thread = new Thread(this::run, "ingest-census");
  private volatile boolean closing;

  public Census(Ingest ingest, SessionDirectory directory, LiveBoard board, Clock clock) {
    this.ingest = ingest;
    this.directory = directory;
    this.board = board;
    this.clock = clock;
    this.asked = clock.signal();
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Asks for a comparison, soon. Several requests become one, in the name of the last. */
  void ask(String sourceId, String sourceType, String reason) {
    pending.set(new Request(sourceId, sourceType, reason));
    asked.raise();
  }

  private void run() {
    try {
      while (!closing) {
        Request request = pending.getAndSet(null);
        if (request == null) {
          asked.await();
        } else if (!take(request)) {
          pending.compareAndSet(null, request);
          asked.await(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False if what it found could not be made durable; the journal tells why. */
  private boolean take(Request request) throws InterruptedException {
    List<Observation> news = differences(request.reason());
    try {
      for (int from = 0; from < news.size(); from += BATCH) {
        List<Observation> some = news.subList(from, Math.min(news.size(), from + BATCH));
        ingest.emit(request.sourceId(), request.sourceType(), some, Patience.AS_CONFIGURED);
      }
      return true;
    } catch (EmitException e) {
      LOG.debug("the sessions that exist could not be recorded: {}", e.getMessage());
      return false;
    }
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
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
