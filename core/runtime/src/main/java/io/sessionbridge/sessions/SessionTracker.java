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
 * The one owner of the rules of session state: what reports, the passing of time and comparisons
 * make of what is known of a host, and which events that gives.
 *
 * <p>Every method takes a state and returns the next one with the events to write; nothing else
 * changes, no clock is asked, nothing is read or stored. So the state that is returned is a working
 * copy: it becomes the state when the events are durable, and is dropped when the write fails. Safe
 * for use by several threads.
 *
 * <p>A state is of one host. The moments and reports that are given to it must be of that host, in
 * the order in which they are to stand in the journal.
 *
 * <p>Not final, so that tests can have one that fails.
 */
public class SessionTracker {

  private final TrackerSettings settings;

  public SessionTracker(TrackerSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes in what a source reported.
   *
   * @param before of the host that the report is about
   * @param ids of the events that the step returns
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

  /** Who invents session numbers must not fill the memory: such an event passes as it is. */
  private static boolean isOneTooMany(Step step, @Nullable Long id) {
    return id != null
        && step.sessions.size() >= HostSessions.MOST_SESSIONS
        && step.sessions.get(id) == null;
  }

  /** What has a key has been through a tracker, whose judgement stands. */
  private static boolean isOfAnotherTracker(Observation seen) {
    return !seen.live() && seen.data().has(Field.SESSION_KEY);
  }

  /**
   * Lets time pass: idle comes in perfect silence, and a flood's minute ends.
   *
   * @param now with the uptime, which alone counts where it is known
   */
  public TrackerStep advanceTo(HostSessions before, Moment now, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    TimeRules.arrive(step, now);
    ActivityRules.judge(step, now);
    return result(step);
  }

  /**
   * When {@link #advanceTo} has something to do at the latest, if nothing else happens.
   *
   * @return in how many milliseconds from then; empty if never
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
   * Takes in what the system says of the machine's users.
   *
   * @param condition what is empty in it stays as it was
   * @param now when it said so
   */
  public TrackerStep note(HostSessions before, HostCondition condition, Moment now, EventIds ids) {
    Step step = new Step(before.known(), settings, ids);
    TimeRules.arrive(step, now);
    Tick tick = step.tick(now);
    condition.presence().ifPresent(told -> step.activity = step.activity.withPresence(told, tick));
    condition
        .displayRequested()
        .ifPresent(told -> step.activity = step.activity.withDisplayRequested(told));
    ActivityRules.judge(step, now);
    return result(step);
  }

  /**
   * Something may have happened unheard from now on, until a comparison: what is known ends at the
   * last moment that was told. A start of the agent says so by itself.
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
   * Compares what is known with the sessions that exist, and returns what must have happened, in an
   * order in which it can have happened. Only of the host that the agent runs on.
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
   * Takes in an event of this host as it stands in the journal: how a state is rebuilt from a
   * checkpoint and what was written after it. Events of the time before there was a tracker have no
   * key, and change nothing.
   */
  public HostSessions absorb(HostSessions before, Observation written) {
    Step step = new Step(before.known(), settings, index -> "");
    TailRules.take(step, written, Moment.of(written.time(), written.data()));
    return new HostSessions(step.state());
  }
}
