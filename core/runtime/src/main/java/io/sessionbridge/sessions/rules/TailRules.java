package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.Former;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.RunEnd;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import io.sessionbridge.sessions.state.Turn;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Applies an event as a tracker wrote it, without inferring anything. */
public final class TailRules {

  private TailRules() {}

  public static void take(Step step, Observation written, Moment at) {
    EventData data = ReportRules.asReported(written.data());
    step.names = step.names.updatedBy(data);
    boolean inferred = Boolean.TRUE.equals(data.get(Field.INFERRED));
    if (data.kind() == Kind.BRIDGE_START) {
      TimeRules.agentStarts(step, at);
    } else if (!inferred) {
      arrive(step, at, data.kind());
    } else {
      arriveInferred(step, at);
    }
    if (data.kind() == Kind.HOST_IDLE || data.kind() == Kind.HOST_ACTIVE) {
      takeActivity(step, data, at);
      return;
    }
    if (data.kind().subject() != Kind.Subject.SESSION) {
      HostRules.take(step, data, at);
      if (Correlation.isCorrelated(data.kind())) {
        step.recents = step.recents.with(report(data, written, at));
      }
      return;
    }
    Long id = data.get(Field.SESSION_ID);
    String key = data.get(Field.SESSION_KEY);
    if (id == null || key == null || data.kind() == Kind.GAP) {
      return;
    }
    takeSession(step, id, key, data, written, at);
  }

  /** Advances the time without a judgement, whose result is in the journal too. */
  private static void arrive(Step step, Moment at, Kind kind) {
    TimeRules.arriveQuietly(step, at);
    if (kind.subject() != Kind.Subject.BRIDGE && step.priorEnd != null) {
      TimeRules.forgetFormerRun(step);
    }
  }

  /** An inferred event may have any earlier time, also from a previous boot. */
  private static void arriveInferred(Step step, Moment at) {
    if (step.priorEnd != null && isOfFormerRun(step.priorEnd, at)) {
      return;
    }
    if (step.priorEnd != null) {
      TimeRules.forgetFormerRun(step);
    }
    if (step.last != null && !at.isAfterRestartSince(step.last)) {
      TimeRules.arriveQuietly(step, at);
    }
  }

  private static void takeActivity(Step step, EventData data, Moment at) {
    Instant since = data.find(Field.SINCE).orElse(at.time());
    State state = data.kind() == Kind.HOST_IDLE ? State.IDLE : State.ACTIVE;
    boolean unknown = "unknown".equals(data.get(Field.REASON));
    long ago = Math.max(0, at.time().toEpochMilli() - since.toEpochMilli());
    step.activity =
        step.activity.shown(
            new HostActivity(
                unknown ? State.UNKNOWN : state,
                since,
                data.find(Field.BASIS).orElse(HostActivity.UNKNOWN)),
            step.tick(at).ticks() - ago);
  }

  private static @Nullable Session known(Step step, long id, String key) {
    Session known = step.sessions.get(id);
    return known != null && known.key().equals(key) ? known : null;
  }

  private static void takeSession(
      Step step, long id, String key, EventData data, Observation written, Moment at) {
    Session other = step.sessions.get(id);
    if (other != null && other.former() != null && other.former().key().equals(key)) {
      return; // a late event of a closed session
    }
    Session known = known(step, id, key);
    if (known != null && ReportRules.COMPLETED.equals(data.get(Field.REASON))) {
      step.put(Lives.of(data, at, Turn.at(at)).identify(known, step.settings));
      return; // its state is that of the late report
    }
    Former former = other == null ? null : other.asFormer();
    Session session = known == null ? Session.started(id, key, former, data.kind(), at) : known;
    Session after =
        Lives.of(data, at, TimeRules.turnOf(step, session, data, at))
            .take(session, known == null, step.settings, sleepAt(step, at), data.toBuilder())
            .withLast(data.kind(), at);
    step.put(Correlation.isCorrelated(data.kind()) ? remembered(after, data, written, at) : after);
  }

  /** The sleep of a previous boot does not count for this one. */
  private static SleepClock sleepAt(Step step, Moment at) {
    RunEnd end = step.priorEnd;
    return end != null && isOfFormerRun(end, at) ? end.sleep() : step.sleep;
  }

  /** Without a boot id, an inferred event is taken as part of the previous boot. */
  private static boolean isOfFormerRun(RunEnd end, Moment at) {
    return at.bootId().isEmpty() || at.bootId().equals(end.at().bootId());
  }

  private static Session remembered(
      Session session, EventData data, Observation written, Moment at) {
    return session.withRecents(session.recents().with(report(data, written, at)));
  }

  private static RecentReport report(EventData data, Observation written, Moment at) {
    String source = data.find(Field.SOURCE_ID).orElse("");
    Reporter reporter = written.live() ? Reporter.NOTIFICATION : Reporter.RECORD;
    return RecentReport.of(data.kind(), reporter, at, source, data);
  }
}
