package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.TrackedHosts.OwnStep;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracker whose defects cost what it would add, and never an event: when a step throws, its
 * working copy is dropped, the state before it stays, and a report passes as it came, uncorrelated
 * and without durations. Counted, and logged once.
 */
final class GuardedTracker {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedTracker.class);

  private final SessionTracker tracker;
  private final AtomicLong defects;

  /**
   * @param defects counts them, of several trackers
   */
  GuardedTracker(SessionTracker tracker, AtomicLong defects) {
    this.tracker = tracker;
    this.defects = defects;
  }

  TrackerStep apply(HostSessions before, Report report, EventIds ids) {
    try {
      return tracker.apply(before, report, ids);
    } catch (RuntimeException e) {
      tell(e);
      return new TrackerStep(before, List.of(report.observation()), 0, 0, 0);
    }
  }

  TrackerStep own(OwnStep step, HostSessions before, EventIds ids) {
    try {
      return step.take(tracker, before, ids);
    } catch (RuntimeException e) {
      tell(e);
      return new TrackerStep(before, List.of(), 0, 0, 0);
    }
  }

  HostSessions absorb(HostSessions before, Observation written) {
    try {
      return tracker.absorb(before, written);
    } catch (RuntimeException e) {
      tell(e);
      return before;
    }
  }

  private void tell(RuntimeException defect) {
    if (defects.getAndIncrement() == 0) {
      LOG.error(
          "the session tracker failed, please report this: events are written as they come, without"
              + " what it adds. Further failures are only counted.",
          defect);
    }
  }
}
