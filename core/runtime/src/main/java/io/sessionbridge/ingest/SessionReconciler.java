package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.ingest.Ingest.WhenFull;
import io.sessionbridge.sessions.ExistingSession;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.sessions.TrackerStep;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the existing sessions with those the tracker knows, on request of a source and every ten
 * minutes. The differences become inferred events.
 *
 * <p>The thread {@code ingest-census} queries the directory, so that callers never wait.
 */
public final class SessionReconciler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SessionReconciler.class);

  private static final Duration PERIOD = Duration.ofMinutes(10);

  /** How long a report that explains a difference may be in flight. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MAX_ATTEMPTS = 5;

  private record Request(String sourceId, String sourceType, String reason) {}

  private enum Result {
    DONE,
    /** There are differences, but writing was off. */
    FOUND,
    /** The state changed while the directory was queried. */
    STALE,
    /** The tracker failed and would fail again. */
    DEFECT,
    FAILED
  }

  private final Ingest ingest;
  private final SessionDirectory directory;
  private final EvidenceReader evidence;
  private final Clock.Signal requested;
  private final AtomicReference<@Nullable Request> pending = new AtomicReference<>();
  private final Clock.Signal stop;
  private final ConcurrentMap<String, Long> written = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  public SessionReconciler(
      Ingest ingest,
      SessionDirectory directory,
      Optional<SystemLog> log,
      Clock clock,
      Supervisor supervisor) {
    this.ingest = ingest;
    this.directory = directory;
    this.evidence = new EvidenceReader(ingest, log);
    this.requested = clock.signal();
    this.stop = clock.signal();
    this.thread =
        supervisor.thread("ingest-census", "census", Need.USEFUL, () -> closing, this::run);
  }

  public void start() {
    thread.start();
  }

  /** Requests a comparison. Several requests become one, attributed to the last source. */
  void request(String sourceId, String sourceType, String reason) {
    pending.set(new Request(sourceId, sourceType, reason));
    requested.raise();
  }

  /** How many events the comparisons wrote since the start, by kind. */
  public Map<String, Long> written() {
    return new TreeMap<>(written);
  }

  private void run() throws InterruptedException {
    Request last = null;
    while (!closing) {
      Request request = pending.getAndSet(null);
      if (request != null) {
        boolean first = last == null;
        last = request;
        if (!(first ? compare(request) : compareCarefully(request))) {
          pending.compareAndSet(null, request);
          stop.await(PAUSE);
        }
      } else if (!requested.await(PERIOD) && last != null) {
        compareCarefully(new Request(last.sourceId(), last.sourceType(), "periodic"));
      }
    }
  }

  /**
   * Compares while sources are reporting. A report in flight may explain a difference, so it is
   * written only if it persists after a pause. Returns false if a retry is needed.
   */
  private boolean compareCarefully(Request request) throws InterruptedException {
    Result result = attempt(request, false, false);
    if (result == Result.FOUND || result == Result.STALE) {
      stop.await(PAUSE);
      return closing || compare(request);
    }
    return result != Result.FAILED;
  }

  /** Returns false if a retry is needed. */
  private boolean compare(Request request) throws InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Result result = attempt(request, true, attempt == MAX_ATTEMPTS);
      if (result != Result.STALE) {
        return result != Result.FAILED;
      }
    }
    return true;
  }

  /**
   * Queries the directory and compares.
   *
   * @param writes whether to write the differences
   * @param force whether to compare even if the state changed meanwhile
   */
  private Result attempt(Request request, boolean writes, boolean force)
      throws InterruptedException {
    try {
      HostSessions known = ingest.head();
      Moment now = ingest.moment();
      List<ExistingSession> sessions =
          directory.existing().stream().map(ExistingSession::of).toList();
      Findings findings =
          new Findings(
              now,
              request.sourceId(),
              request.sourceType(),
              request.reason(),
              sessions,
              evidence.read(now));
      Comparison comparison = new Comparison(findings, force ? null : known, writes);
      List<Observation> events = ingest.own(request.sourceId(), comparison, WhenFull.AS_CONFIGURED);
      if (comparison.result == Result.DONE) {
        evidence.passed();
        events.forEach(event -> count(event.data().kind()));
        ingest.saveStates();
      }
      return comparison.result;
    } catch (EmitException e) {
      LOG.debug(
          "the comparison is retried: {}", e.getMessage()); // the journal has logged the reason
    } catch (RuntimeException e) {
      LOG.error("the existing sessions cannot be read; retrying: {}", e.toString());
      LOG.debug("defect in the session directory", e);
    }
    return Result.FAILED;
  }

  private void count(Kind kind) {
    if (kind != Kind.HOST_IDLE && kind != Kind.HOST_ACTIVE) {
      written.merge(kind.wireName(), 1L, Long::sum);
    }
  }

  private static final class Comparison implements OrderedWrites.Change {
    private final Findings findings;
    private final @Nullable HostSessions expected;
    private final boolean writes;
    private Result result = Result.DEFECT;

    /**
     * @param expected the state to compare with; null for any
     */
    Comparison(Findings findings, @Nullable HostSessions expected, boolean writes) {
      this.findings = findings;
      this.expected = expected;
      this.writes = writes;
    }

    @Override
    public void applyTo(Write write) {
      result = Result.DEFECT;
      write.own(
          (tracker, before, ids) -> {
            if (expected != null && before != expected) {
              result = Result.STALE;
              return SessionTimer.unchanged(before);
            }
            TrackerStep step = tracker.compare(before, findings, ids);
            if (!writes && !step.events().isEmpty()) {
              result = Result.FOUND;
              return SessionTimer.unchanged(before);
            }
            result = Result.DONE;
            return step;
          });
    }
  }

  /** Ends the thread; a recent request may be dropped. */
  @Override
  public void close() {
    closing = true;
    requested.raise();
    stop.raise();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
