package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Evidence;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.rules.HostRules;
import io.sessionbridge.sessions.rules.Inference;
import io.sessionbridge.sessions.rules.ReportRules;
import io.sessionbridge.sessions.rules.ReportRules.Concluded;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.rules.TimeRules;
import io.sessionbridge.sessions.state.RunEnd;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Applies the records of the system's log from the time that the agent missed. Used once. */
final class LogRecords {

  private final Step step;
  private final Findings found;
  private final LastKnown before;

  LogRecords(Step step, Findings found, LastKnown before) {
    this.step = step;
    this.found = found;
    this.before = before;
  }

  void apply() {
    for (Evidence evidence : takeFormerRun()) {
      take(evidence, found.now());
    }
  }

  /**
   * Ends a previous boot of the host, after applying the log records from it.
   *
   * @return the log records of the current boot
   */
  private List<Evidence> takeFormerRun() {
    NewRecords records =
        NewRecords.of(found, before.known(), step.priorEnd != null, this::lastReportOf);
    RunEnd end = step.priorEnd;
    if (end == null) {
      return records.ofThisRun();
    }
    Moment until = end.at();
    String by = end.evidence();
    SleepClock ofThisRun = step.sleep;
    step.sleep = end.sleep();
    for (Evidence evidence : records.ofFormerRun()) {
      if (evidence.time().isAfter(until.time())) {
        // Without an uptime: the wall clock may have been set since the last known moment.
        until = new Moment(evidence.time(), OptionalLong.empty(), end.at().bootId());
      }
      if (evidence.data().kind() == Kind.HOST_SHUTDOWN) {
        by = evidence.name();
      } else {
        take(evidence, until);
      }
    }
    RunEnd known = new RunEnd(until, end.known(), by, step.sleep);
    step.sleep = ofThisRun;
    step.priorEnd = known;
    TimeRules.endFormerRun(step);
    return records.ofThisRun();
  }

  /** The last report of the session of a record; null if there is none. */
  private @Nullable Moment lastReportOf(Evidence evidence) {
    Long id = evidence.data().get(Field.SESSION_ID);
    Session session = id == null ? null : step.sessions.get(id);
    return session == null ? null : session.last();
  }

  /**
   * Applies a log record.
   *
   * @param until a moment of the same boot, not before the record
   */
  private void take(Evidence evidence, Moment until) {
    Moment then = TimeRules.between(before.known(), until, evidence.time());
    EventData.Builder data = step.derived(evidence.data().kind());
    Inference.copyAll(evidence.data(), data);
    then.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    then.bootId().ifPresent(boot -> data.put(Field.BOOT_ID, boot));
    EventData whole = data.build();
    Long id = whole.get(Field.SESSION_ID);
    if (whole.kind().subject() != Kind.Subject.SESSION) {
      Concluded concluded = new Concluded(evidence.name(), before.ofAll());
      HostRules.conclude(step, evidence.time(), whole, then, concluded);
    } else if (id != null && !ReportRules.isImpossible(id)) {
      Concluded concluded = new Concluded(evidence.name(), before.of(id));
      ReportRules.of(step, Observation.live(evidence.time(), whole), then, concluded).apply();
    }
  }
}
