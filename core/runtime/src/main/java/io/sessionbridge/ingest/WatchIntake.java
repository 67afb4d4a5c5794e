package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.ExistingSession;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.TrackerStep;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An intake that records nothing: it enriches observations, applies them to a tracker, and shows
 * the resulting events. The thread {@code watch-timer} advances the tracker's time.
 */
public final class WatchIntake implements Intake, AutoCloseable {

  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Duration MIN_WAIT = Duration.ofSeconds(1);

  /** Receives the events. One call at a time. */
  public interface Viewer {

    /** A complete event. */
    void seen(Observation event);

    /** Events that were lost. */
    void lost(long count, String reason);
  }

  private final String sourceId;
  private final String sourceType;
  private final Host host;
  private final Enricher enricher;
  private final Clock clock;
  private final Optional<SessionDirectory> directory;
  private final Supervisor supervisor;
  private final Viewer viewer;
  private final WatchedSessions sessions;
  private final Clock.Signal work;
  private final Thread timer;
  private volatile boolean closing;

  /**
   * @param settings of the tracker
   */
  public WatchIntake(
      String sourceId,
      String sourceType,
      Host host,
      Clock clock,
      Optional<SessionDirectory> directory,
      TrackerSettings settings,
      Supervisor supervisor,
      Viewer viewer) {
    this.sourceId = sourceId;
    this.sourceType = sourceType;
    this.host = host;
    this.enricher = new Enricher(host, directory);
    this.clock = clock;
    this.directory = directory;
    this.supervisor = supervisor;
    this.viewer = viewer;
    this.sessions =
        new WatchedSessions(host.id(), settings, event -> viewer.seen(enricher.withOffset(event)));
    this.work = clock.signal();
    this.timer =
        supervisor.thread("watch-timer", "watch", Need.ESSENTIAL, () -> closing, this::run);
  }

  /** Starts the timer. */
  public void start() {
    timer.start();
  }

  @Override
  public void emit(List<Observation> seen) {
    synchronized (this) {
      for (Observation observation : seen) {
        Observation enriched = enricher.enrich(sourceId, sourceType, observation);
        sessions.report(new Report(sourceId, sourceType, enriched));
      }
    }
    work.raise();
  }

  @Override
  public void emitWhenRoom(List<Observation> seen) {
    emit(seen);
  }

  @Override
  public synchronized void lost(long count, String reason) {
    viewer.lost(count, reason);
  }

  @Override
  public void reconcile(String reason) {
    if (directory.isEmpty()) {
      return;
    }
    synchronized (this) {
      sessions.own(
          (tracker, before, ids) -> new TrackerStep(tracker.missed(before), List.of(), 0, 0, 0));
    }
    supervisor
        .thread("watch-sessions", "watch", Need.ESSENTIAL, () -> true, () -> compare(reason))
        .start();
  }

  /** The first comparison shows all existing sessions, later ones the inferred events. */
  private void compare(String reason) {
    Moment now = moment();
    List<ExistingSession> existing =
        directory.stream()
            .flatMap(known -> known.existing().stream())
            .map(ExistingSession::of)
            .toList();
    Findings found = new Findings(now, sourceId, sourceType, reason, existing, List.of());
    synchronized (this) {
      sessions.own((tracker, before, ids) -> tracker.compare(before, found, ids));
    }
    work.raise();
  }

  @Override
  public void reportCondition(HostCondition condition) {
    synchronized (this) {
      Moment now = moment();
      sessions.own((tracker, before, ids) -> tracker.note(before, condition, now, ids));
    }
    work.raise();
  }

  @Override
  public Optional<byte[]> resumePosition() {
    return Optional.empty();
  }

  private Moment moment() {
    return new Moment(clock.now(), host.uptimeMillis(), host.bootId());
  }

  private void run() throws InterruptedException {
    while (!closing) {
      work.await(advance());
    }
  }

  /** Advances the tracker's time if a deadline has passed; returns the time until the next one. */
  private synchronized Duration advance() {
    OptionalLong[] left = {OptionalLong.empty()};
    Moment now = moment();
    sessions.own(
        (tracker, before, ids) -> {
          left[0] = tracker.millisToDeadline(before, now);
          if (left[0].isEmpty() || left[0].getAsLong() > 0) {
            return SessionTimer.unchanged(before);
          }
          TrackerStep step = tracker.advanceTo(before, now, ids);
          left[0] = tracker.millisToDeadline(step.after(), now);
          return step;
        });
    if (left[0].isEmpty()) {
      return FOREVER;
    }
    Duration wait = Duration.ofMillis(left[0].getAsLong());
    return wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait;
  }

  /** Ends the timer. */
  @Override
  public void close() {
    closing = true;
    work.raise();
    try {
      timer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
