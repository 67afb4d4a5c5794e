package io.sessionbridge.sessions.state;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Correlation.Row;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.util.Arrays;
import java.util.function.Predicate;

/** The events of one session in the last minutes, in order. Immutable. */
public final class Recents {

  public static final Recents NONE = new Recents(new RecentReport[0]);

  /** No match. */
  public static final int NEW = -1;

  /** Far more than one session has within the longest window, except in a flood. */
  private static final int MAX_REPORTS = 24;

  private final RecentReport[] reports;

  private Recents(RecentReport[] reports) {
    this.reports = reports;
  }

  public boolean isEmpty() {
    return reports.length == 0;
  }

  public RecentReport get(int at) {
    return reports[at];
  }

  /** The lock state that the system returned for a report of a lock or unlock. */
  public enum Lock {
    /** It matches the report. */
    CONFIRMED,
    /** It contradicts the report, so the report is late. */
    DENIED,
    UNKNOWN
  }

  /**
   * Finds the event that a report describes. A source reports events in order, so this is the
   * oldest one that it has not reported, after the last one that it has. A late report matches even
   * an event that was undone since, unless the system confirms the reported state as current.
   *
   * <p>An inferred event may or may not be reported later. A report matches it until another event
   * shows that its effect has ended; a report after that is a new event.
   *
   * @param about which events the report can be about
   * @return its index, or {@link #NEW}
   */
  public int find(
      Kind kind,
      Reporter reporter,
      String channel,
      Moment at,
      Predicate<RecentReport> about,
      Lock lock) {
    for (int i = firstUnreported(kind, channel); i < reports.length; i++) {
      RecentReport report = reports[i];
      Row row = Correlation.row(report.kind(), report.reporter(), kind, reporter);
      if (row != null
          && Math.abs(at.millisSince(report.at())) <= row.window().toMillis()
          && about.test(report)
          && !(report.ofFormerAgent() && reporter != Reporter.TRACKER)
          && !(row.untilOpposite() && lock == Lock.CONFIRMED && wasUndoneAfter(i, kind))
          && !(report.reporter() == Reporter.TRACKER && lock != Lock.DENIED && isOver(i))) {
        return i;
      }
    }
    return NEW;
  }

  /** Reports of one kind arrive in order; those of different kinds may overtake each other. */
  private int firstUnreported(Kind kind, String channel) {
    for (int i = reports.length - 1; i >= 0; i--) {
      if (reports[i].kind() == kind && reports[i].channels().contains(channel)) {
        return i + 1;
      }
    }
    return 0;
  }

  private boolean wasUndoneAfter(int at, Kind kind) {
    Kind opposite = Correlation.opposite(kind).orElse(null);
    for (int i = at + 1; opposite != null && i < reports.length; i++) {
      if (reports[i].kind() == opposite) {
        return true;
      }
    }
    return false;
  }

  /** Whether a later event shows that the effect of an inferred one has ended. */
  private boolean isOver(int at) {
    RecentReport concluded = reports[at];
    for (int i = at + 1; i < reports.length; i++) {
      RecentReport later = reports[i];
      boolean ofOneComparison =
          later.reporter() == Reporter.TRACKER && later.at().equals(concluded.at());
      if (!ofOneComparison && Correlation.supersedes(later.kind(), concluded.kind())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the source has reported the begin of the session or of its life. */
  public boolean hasBegunBy(String channel) {
    for (RecentReport report : reports) {
      if (Correlation.isBegin(report.kind()) && report.channels().contains(channel)) {
        return true;
      }
    }
    return false;
  }

  /** Adds a report, and drops those that are too old to match. */
  public Recents with(RecentReport report) {
    int from = Math.max(0, reports.length + 1 - MAX_REPORTS);
    while (from < reports.length
        && report.at().millisSince(reports[from].at()) > Correlation.SENS_WINDOW.toMillis()) {
      from++;
    }
    RecentReport[] kept = Arrays.copyOfRange(reports, from, reports.length + 1);
    kept[kept.length - 1] = report;
    return new Recents(kept);
  }

  /** After a restart of the agent, sources do not repeat earlier events. */
  public Recents agentStarted() {
    RecentReport[] changed = reports.clone();
    Arrays.setAll(changed, i -> reports[i].agentStarted());
    return isEmpty() ? this : new Recents(changed);
  }

  public Recents replaced(int at, RecentReport report) {
    RecentReport[] changed = reports.clone();
    changed[at] = report;
    return new Recents(changed);
  }

  public void encode(StateWriter out) {
    out.number(reports.length);
    for (RecentReport report : reports) {
      report.encode(out);
    }
  }

  public static Recents decode(StateReader in) throws StateFormatException {
    RecentReport[] reports = new RecentReport[in.count()];
    for (int i = 0; i < reports.length; i++) {
      reports[i] = RecentReport.decode(in);
    }
    return reports.length == 0 ? NONE : new Recents(reports);
  }
}
