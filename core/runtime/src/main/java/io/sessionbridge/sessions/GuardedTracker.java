package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.TrackedHosts.OwnStep;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects events from defects in a tracker. If a step throws, its working copy is dropped, the
 * previous state stays, and the report is written as it came, uncorrelated and without durations.
 * Failures are counted; the first is logged.
 */
final class GuardedTracker {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedTracker.class);

  private final SessionTracker tracker;
  private final AtomicLong defects;

  /**
   * @param defects counts the failures of several trackers
   */
  GuardedTracker(SessionTracker tracker, AtomicLong defects) {
    this.tracker = tracker;
    this.defects = defects;
  }

  TrackerStep apply(HostSessions before, Report report, EventIds ids) {
    try {
      return tracker.apply(before, report, ids);
    } catch (RuntimeException e) {
      record(e);
      return new TrackerStep(before, List.of(report.observation()), 0, 0, 0);
    }
  }

  TrackerStep own(OwnStep step, HostSessions before, EventIds ids) {
    try {
      return step.take(tracker, before, ids);
    } catch (RuntimeException e) {
      record(e);
      return new TrackerStep(before, List.of(), 0, 0, 0);
    }
  }

  HostSessions absorb(HostSessions before, Observation written) {
    try {
      return tracker.absorb(before, written);
    } catch (RuntimeException e) {
      record(e);
      return before;
    }
  }

  private void record(RuntimeException defect) {
    if (defects.getAndIncrement() == 0) {
      LOG.error(
          "internal error in session tracking (please report it): the event is written without"
              + " session data. Further errors are only counted.",
          defect);
    }
  }
}
