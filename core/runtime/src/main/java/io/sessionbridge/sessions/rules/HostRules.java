package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Recents.Lock;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import java.time.Instant;

/** The effects of host and agent events on the known sessions. */
public final class HostRules {

  public static final String FAST_STARTUP = "fast_startup";

  private HostRules() {}

  public static void apply(Step step, Report report, Moment now) {
    Observation seen = report.observation();
    Kind kind = seen.data().kind();
    Reporter reporter = ReportRules.reporter(report);
    if (step.settings.correlate() && Correlation.isCorrelated(kind)) {
      String channel = report.sourceId();
      int at = step.recents.find(kind, reporter, channel, now, any -> true, Lock.UNKNOWN);
      if (at >= 0) {
        step.recents =
            step.recents.replaced(at, step.recents.get(at).reportedBy(reporter, channel));
        step.correlated++;
        return;
      }
      step.recents = step.recents.with(RecentReport.of(kind, reporter, now, channel, seen.data()));
    }
    endLivesBefore(step, seen.data(), now);
    step.write(seen);
    take(step, seen.data(), now);
  }

  /** Applies an unreported host event from the system's log. */
  public static void conclude(
      Step step, Instant time, EventData data, Moment then, ReportRules.Concluded concluded) {
    endLivesBefore(step, data, then);
    if (step.settings.correlate() && Correlation.isCorrelated(data.kind())) {
      int at =
          step.recents.find(
              data.kind(), Reporter.TRACKER, concluded.evidence(), then, any -> true, Lock.UNKNOWN);
      if (at >= 0) {
        step.recents =
            step.recents.replaced(
                at, step.recents.get(at).reportedBy(Reporter.TRACKER, concluded.evidence()));
        return;
      }
    }
    take(step, data, then);
    step.write(
        Observation.live(
            time,
            data.toBuilder()
                .put(Field.INFERRED, true)
                .put(Field.EVIDENCE, concluded.evidence())
                .put(Field.TIME_AFTER, Inference.timeAfter(step, concluded.after(), time))
                .build()));
  }

  /** A fast startup keeps the boot id, but its users were logged off before. */
  private static void endLivesBefore(Step step, EventData data, Moment now) {
    if (!FAST_STARTUP.equals(data.get(Field.REASON))
        || data.kind() != Kind.HOST_RESUME && data.kind() != Kind.BRIDGE_START) {
      return;
    }
    Moment before = step.suspended == null ? now : step.suspended;
    for (Session session : step.allSessions()) {
      if (session.life() != null && session.last().millisSince(before) <= 0) {
        Inference.logoff(step, session, Turn.at(before), FAST_STARTUP, session.last());
      }
    }
  }

  /** Updates the known state, also from an event that was written before. */
  public static void take(Step step, EventData data, Moment now) {
    long uptime = now.uptimeMillis().orElse(Turn.UNKNOWN);
    switch (data.kind()) {
      case HOST_SUSPEND -> {
        step.suspended = now;
        if (uptime != Turn.UNKNOWN) {
          step.sleep = step.sleep.suspended(uptime);
        }
      }
      case HOST_RESUME -> {
        step.suspended = null;
        step.shutdown = null;
        step.sleep = uptime == Turn.UNKNOWN ? step.sleep.forgotten() : step.sleep.resumed(uptime);
      }
      case HOST_SHUTDOWN -> step.shutdown = now;
      case BRIDGE_START -> step.activity = step.activity.agentStarted(step.tick(now));
      default -> {
        // no effect on sessions
      }
    }
  }
}
