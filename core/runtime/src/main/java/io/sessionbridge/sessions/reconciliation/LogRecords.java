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

/** Takes in what the system's log tells of the time in which nobody listened. Used once. */
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
   * A former run of the host ends first: what its log tells of it belongs before that.
   *
   * @return what the log tells of this run
   */
  private List<Evidence> takeFormerRun() {
    NewRecords records = NewRecords.of(found, before.known(), step.priorEnd != null, this::heardOf);
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
        // The wall clock may have been set since the last moment that is known by the uptime, too.
        until = new Moment(evidence.time(), OptionalLong.empty(), end.at().bootId());
      }
      if (evidence.data().kind() == Kind.HOST_SHUTDOWN) {
        by = evidence.name();
      } else {
        take(evidence, until);
      }
    }
    RunEnd told = new RunEnd(until, end.known(), by, step.sleep);
    step.sleep = ofThisRun;
    step.priorEnd = told;
    TimeRules.endFormerRun(step);
    return records.ofThisRun();
  }

  /** What was told last of the session of a record; null if nothing was. */
  private @Nullable Moment heardOf(Evidence evidence) {
    Long id = evidence.data().get(Field.SESSION_ID);
    Session session = id == null ? null : step.sessions.get(id);
    return session == null ? null : session.last();
  }

  /**
   * Takes a record of the log in.
   *
   * @param until a moment of the same run of the host, not before the record
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
