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
 * Lets the tracker compare the sessions that exist with those it knows, whenever a source asks for
 * it, and every ten minutes. What must have happened becomes events.
 *
 * <p>Its thread {@code ingest-census} asks the directory, so that who asks never waits.
 */
public final class SessionReconciler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SessionReconciler.class);

  private static final Duration PERIOD = Duration.ofMinutes(10);

  /** So long a report may be on its way that explains a difference. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MOST_LOOKS = 5;

  private record Request(String sourceId, String sourceType, String reason) {}

  private enum Look {
    DONE,
    /** It would have written something, and was not to. */
    FOUND,
    /** Something happened while the directory was asked. */
    STALE,
    /** The tracker failed, and would fail again. */
    DEFECT,
    FAILED
  }

  private final Ingest ingest;
  private final SessionDirectory directory;
  private final EvidenceReader evidence;
  private final Clock.Signal asked;
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

  /** How many events comparisons wrote since the start, by their kind. */
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
      } else if (!asked.await(PERIOD) && last != null) {
        compareCarefully(new Request(last.sourceId(), last.sourceType(), "periodic"));
      }
    }
  }

  /**
   * A comparison while sources are heard: what it finds may be in a report that is on its way, so
   * it is written only if it is still there a moment later. False if it must be tried again.
   */
  private boolean compareCarefully(Request request) throws InterruptedException {
    Look look = look(request, false, false);
    if (look == Look.FOUND || look == Look.STALE) {
      stop.await(PAUSE);
      return closing || compare(request);
    }
    return look != Look.FAILED;
  }

  /** False if it must be tried again. */
  private boolean compare(Request request) throws InterruptedException {
    for (int looks = 1; looks <= MOST_LOOKS; looks++) {
      Look look = look(request, true, looks == MOST_LOOKS);
      if (look != Look.STALE) {
        return look != Look.FAILED;
      }
    }
    return true;
  }

  /**
   * Asks the directory and compares.
   *
   * @param writes whether what is found is written
   * @param whatever whether to compare although something has happened meanwhile
   */
  private Look look(Request request, boolean writes, boolean whatever) throws InterruptedException {
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
      Comparison comparison = new Comparison(findings, whatever ? null : known, writes);
      List<Observation> events = ingest.own(request.sourceId(), comparison, WhenFull.AS_CONFIGURED);
      if (comparison.result == Look.DONE) {
        evidence.passed();
        events.forEach(event -> count(event.data().kind()));
        ingest.saveStates();
      }
      return comparison.result;
    } catch (EmitException e) {
      LOG.debug("the comparison is made again: {}", e.getMessage()); // the journal has told why
    } catch (RuntimeException e) {
      LOG.error("the sessions that exist cannot be read and are read again: {}", e.toString());
      LOG.debug("the directory's defect", e);
    }
    return Look.FAILED;
  }

  private void count(Kind kind) {
    if (kind != Kind.HOST_IDLE && kind != Kind.HOST_ACTIVE) {
      written.merge(kind.wireName(), 1L, Long::sum);
    }
  }

  private static final class Comparison implements OrderedWrites.Making {
    private final Findings findings;
    private final @Nullable HostSessions expected;
    private final boolean writes;
    private Look result = Look.DEFECT;

    /**
     * @param expected the state that the comparison is to be made with; null for any
     */
    Comparison(Findings findings, @Nullable HostSessions expected, boolean writes) {
      this.findings = findings;
      this.expected = expected;
      this.writes = writes;
    }

    @Override
    public void make(Write write) {
      result = Look.DEFECT;
      write.own(
          (tracker, before, ids) -> {
            if (expected != null && before != expected) {
              result = Look.STALE;
              return SessionTimer.unchanged(before);
            }
            TrackerStep step = tracker.compare(before, findings, ids);
            if (!writes && !step.events().isEmpty()) {
              result = Look.FOUND;
              return SessionTimer.unchanged(before);
            }
            result = Look.DONE;
            return step;
          });
    }
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
