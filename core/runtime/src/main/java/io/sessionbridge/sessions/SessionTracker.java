package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.reconciliation.Reconciliation;
import io.sessionbridge.sessions.rules.ActivityRules;
import io.sessionbridge.sessions.rules.HostRules;
import io.sessionbridge.sessions.rules.ReportRules;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.rules.TailRules;
import io.sessionbridge.sessions.rules.TimeRules;
import io.sessionbridge.sessions.state.Activity.Tick;
import io.sessionbridge.sessions.state.FloodWindow;
import io.sessionbridge.sessions.state.KnownState;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.spi.HostCondition;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Owns the rules of session state: how reports, the passing of time and comparisons change the
 * known state of a host, and which events result.
 *
 * <p>Every method takes a state and returns the next one with the events to write. It has no side
 * effects, reads no clock and does no I/O. The returned state is a working copy: the caller adopts
 * it once the events are durable, and drops it if the write fails. Safe for use by several threads.
 *
 * <p>A state belongs to one host. Its moments and reports must be of that host and in journal
 * order.
 *
 * <p>Not final, so that tests can subclass it to fail.
 */
public class SessionTracker {

  private final TrackerSettings settings;

  public SessionTracker(TrackerSettings settings) {
    this.settings = settings;
  }

  /**
   * Applies a source's report.
   *
   * @param before the state of the report's host
   * @param ids the ids of the returned events
   */
  public TrackerStep apply(HostSessions before, Report report, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    Observation seen = report.observation();
    EventData data = seen.data();
    Moment now = Moment.of(seen.time(), data);
    Long id = data.get(Field.SESSION_ID);
    if (id != null && ReportRules.isImpossible(id)) {
      step.ignored++;
      return result(step);
    }
    step.sourceId = report.sourceId();
    step.sourceType = report.sourceType();
    if (isOfAnotherTracker(seen)) {
      TailRules.take(step, seen, now);
      step.write(seen);
      return result(step);
    }
    step.names = step.names.updatedBy(data);
    if (data.kind() == Kind.BRIDGE_START) {
      TimeRules.agentStarts(step, now);
    } else {
      TimeRules.arrive(step, now);
    }
    if (data.kind().subject() == Kind.Subject.SESSION) {
      TimeRules.endFormerRun(step);
      if (isOneTooMany(step, id)) {
        step.write(seen);
      } else {
        ReportRules.of(step, report, now).apply();
      }
    } else {
      if (data.kind().subject() == Kind.Subject.HOST) {
        TimeRules.endFormerRun(step);
      }
      HostRules.apply(step, report, now);
    }
    ActivityRules.judge(step, now);
    return result(step);
  }

  private static TrackerStep result(Step step) {
    HostSessions after = new HostSessions(step.state());
    return new TrackerStep(after, step.events(), step.correlated, step.ignored, step.flooded);
  }

  /**
   * Limits the memory that invented session numbers can take: events beyond the limit pass
   * unchanged.
   */
  private static boolean isOneTooMany(Step step, @Nullable Long id) {
    return id != null
        && step.sessions.size() >= HostSessions.MAX_SESSIONS
        && step.sessions.get(id) == null;
  }

  /** A recorded event with a key was already processed by another tracker. */
  private static boolean isOfAnotherTracker(Observation seen) {
    return !seen.live() && seen.data().has(Field.SESSION_KEY);
  }

  /**
   * Lets time pass, since a host becomes idle, and a flood ends, without any report.
   *
   * @param now with the uptime, which takes precedence if it is known
   */
  public TrackerStep advanceTo(HostSessions before, Moment now, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    TimeRules.arrive(step, now);
    ActivityRules.judge(step, now);
    return result(step);
  }

  /**
   * When {@link #advanceTo} must be called at the latest if nothing else happens.
   *
   * @return milliseconds from {@code now}; empty if never
   */
  public OptionalLong millisToDeadline(HostSessions host, Moment now) {
    KnownState state = host.known();
    OptionalLong judged = OptionalLong.empty();
    if (settings.live() && !state.sleep().isAsleep()) {
      Tick tick = new Step(state, settings, index -> "").tick(now);
      judged = ActivityRules.millisToJudge(state.activity(), settings, tick);
    }
    if (state.flooding().isEmpty()) {
      return judged;
    }
    long flood = FloodWindow.MINUTE_MILLIS;
    for (Long id : state.flooding()) {
      Session session = state.sessions().get(id);
      if (session != null) {
        flood =
            Math.min(flood, FloodWindow.MINUTE_MILLIS - now.millisSince(session.flood().from()));
      }
    }
    flood = Math.max(0, flood);
    return OptionalLong.of(judged.isPresent() ? Math.min(flood, judged.getAsLong()) : flood);
  }

  /**
   * Applies the system's report of user presence and display requests.
   *
   * @param condition absent values stay unchanged
   * @param now when the system reported it
   */
  public TrackerStep note(HostSessions before, HostCondition condition, Moment now, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    TimeRules.arrive(step, now);
    Tick tick = step.tick(now);
    condition
        .presence()
        .ifPresent(value -> step.activity = step.activity.withPresence(value, tick));
    condition
        .displayRequested()
        .ifPresent(value -> step.activity = step.activity.withDisplayRequested(value));
    ActivityRules.judge(step, now);
    return result(step);
  }

  /**
   * Marks the state as incomplete from the last known moment until the next comparison, because
   * events may have been missed. A start of the agent does this by itself.
   */
  public HostSessions missed(HostSessions before) {
    if (before.known().knownUntil() != null || before.known().last() == null) {
      return before;
    }
    Step step = new Step(before.known(), settings, index -> "");
    step.knownUntil = step.last;
    return new HostSessions(step.state());
  }

  /**
   * Compares the known state with the existing sessions, and returns the events that must have
   * happened, in a possible order. Only for the host that the agent runs on.
   */
  public TrackerStep compare(HostSessions before, Findings found, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    step.sourceId = found.sourceId();
    step.sourceType = found.sourceType();
    Moment known = step.knownUntil == null ? step.last : step.knownUntil;
    TimeRules.arriveQuietly(step, found.now());
    long slept = step.slept(found.now());
    new Reconciliation(step, found, known).apply();
    step.knownUntil = null;
    step.compared = true;
    step.activity = step.activity.compared(step.slept(found.now()) - slept);
    ActivityRules.judge(step, found.now());
    return result(step);
  }

  /**
   * Applies an event of this host from the journal, to rebuild a state from a checkpoint and the
   * events written after it. Events from before there was a tracker have no key and change nothing.
   */
  public HostSessions absorb(HostSessions before, Observation written) {
    Step step = new Step(before.known(), settings, index -> "");
    TailRules.take(step, written, Moment.of(written.time(), written.data()));
    return new HostSessions(step.state());
  }
}
