package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Teller;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Recents.Lock;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import java.time.Instant;

/** What events of the host and of the agent do to what is known of the sessions. */
public final class HostRules {

  public static final String FAST_STARTUP = "fast_startup";

  private HostRules() {}

  public static void apply(Step step, Report report, Moment now) {
    Observation seen = report.observation();
    Kind kind = seen.data().kind();
    Teller teller = ReportRules.teller(report);
    if (step.settings.correlate() && Correlation.isCorrelated(kind)) {
      String channel = report.sourceId();
      int at = step.recents.find(kind, teller, channel, now, told -> true, Lock.NOT_TOLD);
      if (at >= 0) {
        step.recents = step.recents.replaced(at, step.recents.get(at).toldBy(teller, channel));
        step.correlated++;
        return;
      }
      step.recents = step.recents.with(RecentReport.of(kind, teller, now, channel, seen.data()));
    }
    endLivesBefore(step, seen.data(), now);
    step.write(seen);
    take(step, seen.data(), now);
  }

  /** The system's log has something of the host that nobody reported. */
  public static void conclude(
      Step step, Instant time, EventData data, Moment then, ReportRules.Concluded concluded) {
    endLivesBefore(step, data, then);
    if (step.settings.correlate() && Correlation.isCorrelated(data.kind())) {
      int at =
          step.recents.find(
              data.kind(), Teller.TRACKER, concluded.evidence(), then, told -> true, Lock.NOT_TOLD);
      if (at >= 0) {
        step.recents =
            step.recents.replaced(
                at, step.recents.get(at).toldBy(Teller.TRACKER, concluded.evidence()));
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

  /** A fast startup keeps the system and its boot id; its users were logged off before. */
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

  /** Changes what is known; also of an event that was written before. */
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
        // tells nothing of sessions
      }
    }
  }
}
