package io.sessionbridge.sessions.state;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Row;
import io.sessionbridge.sessions.Correlation.Teller;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.util.Arrays;
import java.util.function.Predicate;

/** The happenings of the last minutes of one session, in order. Immutable. */
public final class Recents {

  public static final Recents NONE = new Recents(new RecentReport[0]);

  /** No match. */
  public static final int NEW = -1;

  /** Far more than happen to one session within the longest window, but for a flood. */
  private static final int MOST = 24;

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

  /** What the system says of the lock, asked at a report of it. */
  public enum Lock {
    /** It is as the report tells. */
    CONFIRMED,
    /** It is not, so the report is late. */
    DENIED,
    NOT_TOLD
  }

  /**
   * Which happening a report tells of. A source tells of happenings in their order, so the oldest
   * one that it has not told of, after the last one that it has. A late report tells of it although
   * it was undone since, unless the system says that it is so now.
   *
   * <p>What was only concluded is one happening; nobody knows whether somebody will tell of it. So
   * it is met as long as nothing shows that it is over, and a report after that is news.
   *
   * @param about which ones it can mean at all
   * @return its place, or {@link #NEW}
   */
  public int find(
      Kind kind,
      Teller teller,
      String channel,
      Moment at,
      Predicate<RecentReport> about,
      Lock lock) {
    for (int i = firstUntold(kind, channel); i < reports.length; i++) {
      RecentReport report = reports[i];
      Row row = Correlation.row(report.kind(), report.teller(), kind, teller);
      if (row != null
          && Math.abs(at.millisSince(report.at())) <= row.window().toMillis()
          && about.test(report)
          && !(report.ofFormerAgent() && teller != Teller.TRACKER)
          && !(row.untilOpposite() && lock == Lock.CONFIRMED && wasUndoneAfter(i, kind))
          && !(report.teller() == Teller.TRACKER && lock != Lock.DENIED && isOver(i))) {
        return i;
      }
    }
    return NEW;
  }

  /** Calls of one kind come in their order; those of two kinds may overtake each other. */
  private int firstUntold(Kind kind, String channel) {
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

  /** Whether something showed since that what was concluded is over. */
  private boolean isOver(int at) {
    RecentReport concluded = reports[at];
    for (int i = at + 1; i < reports.length; i++) {
      RecentReport later = reports[i];
      boolean ofOneComparison =
          later.teller() == Teller.TRACKER && later.at().equals(concluded.at());
      if (!ofOneComparison && Correlation.supersedes(later.kind(), concluded.kind())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the source has told of the begin of the session or of the life in it. */
  public boolean hasBegunBy(String channel) {
    for (RecentReport report : reports) {
      if (Correlation.isBegin(report.kind()) && report.channels().contains(channel)) {
        return true;
      }
    }
    return false;
  }

  /** With one more; what is too old to be met again leaves. */
  public Recents with(RecentReport report) {
    int from = Math.max(0, reports.length + 1 - MOST);
    while (from < reports.length
        && report.at().millisSince(reports[from].at()) > Correlation.SENS_WINDOW.toMillis()) {
      from++;
    }
    RecentReport[] kept = Arrays.copyOfRange(reports, from, reports.length + 1);
    kept[kept.length - 1] = report;
    return new Recents(kept);
  }

  /** No source tells again what was told to the agent before it started anew. */
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
