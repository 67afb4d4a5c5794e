package io.sessionbridge.sessions;

import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of which two reports from different sources describe the same event, by the kinds of
 * the first and the later report and by their reporters. All other pairs are two events.
 */
public final class Correlation {

  /** The type of the reporter, which determines what it can know and how late it can be. */
  public enum Reporter {
    /** System notifications with a session number: wts, scm, kernel and others. */
    NOTIFICATION,
    /** {@code ISensLogon2}: has the session number, but not whether it is the console. */
    SENS_SESSION,
    /** {@code ISensLogon}: names only the user, and may be three minutes late. */
    SENS_USER,
    /** A record of the past. */
    RECORD,
    /** The tracker itself, by inference. */
    TRACKER
  }

  /**
   * A row: a report of the later kind within the window after the first describes the same event.
   *
   * @param untilOpposite whether a report of the opposite in between makes it another event
   */
  public record Row(
      Kind first,
      Reporter firstReporter,
      Kind later,
      Reporter laterReporter,
      Duration window,
      boolean untilOpposite) {}

  /**
   * Two notifications of one event arrive within milliseconds; the rest allows for a busy machine.
   */
  public static final Duration WINDOW = Duration.ofSeconds(5);

  /** SENS calls its subscribers one by one, and gives up on one after three minutes. */
  public static final Duration SENS_WINDOW = Duration.ofMinutes(3);

  /** Kinds that all sources report in the same way. */
  private static final Set<Kind> CORRELATED =
      EnumSet.of(
          Kind.LOGON,
          Kind.LOGOFF,
          Kind.LOCK,
          Kind.UNLOCK,
          Kind.CONSOLE_CONNECT,
          Kind.CONSOLE_DISCONNECT,
          Kind.REMOTE_CONNECT,
          Kind.REMOTE_DISCONNECT,
          Kind.REMOTE_CONTROL,
          Kind.SCREENSAVER_START,
          Kind.SCREENSAVER_STOP,
          Kind.SHELL_START,
          Kind.DESKTOP_READY,
          Kind.SESSION_CREATE,
          Kind.SESSION_TERMINATE,
          Kind.HOST_SUSPEND,
          Kind.HOST_RESUME,
          Kind.HOST_SHUTDOWN,
          Kind.CLOCK_CHANGE);

  private static final Map<Kind, Kind> OPPOSITES =
      opposites(
          Kind.LOGON, Kind.LOGOFF,
          Kind.LOCK, Kind.UNLOCK,
          Kind.CONSOLE_CONNECT, Kind.CONSOLE_DISCONNECT,
          Kind.REMOTE_CONNECT, Kind.REMOTE_DISCONNECT,
          Kind.SCREENSAVER_START, Kind.SCREENSAVER_STOP,
          Kind.HOST_SUSPEND, Kind.HOST_RESUME);

  /** SENS may report either kind of a pair for the other. */
  private static final Map<Kind, Kind> OTHER_STATION =
      opposites(
          Kind.CONSOLE_CONNECT, Kind.REMOTE_CONNECT,
          Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);

  private static final Set<Kind> NONE = EnumSet.noneOf(Kind.class);
  private static final Map<Kind, Set<Kind>> SUPERSEDED_BY = supersededBy();

  private static final List<Row> ROWS = build();
  private static final Map<Kind, Map<Reporter, List<Row>>> BY_LATER = index();

  private Correlation() {}

  private static Map<Kind, Kind> opposites(Kind... pairs) {
    Map<Kind, Kind> both = new EnumMap<>(Kind.class);
    for (int i = 0; i < pairs.length; i += 2) {
      both.put(pairs[i], pairs[i + 1]);
      both.put(pairs[i + 1], pairs[i]);
    }
    return both;
  }

  /** A disconnect hides the lock state, and the end of a life ends everything in it. */
  private static Map<Kind, Set<Kind>> supersededBy() {
    Set<Kind> connects = EnumSet.of(Kind.CONSOLE_CONNECT, Kind.REMOTE_CONNECT);
    Set<Kind> disconnects = EnumSet.of(Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);
    Set<Kind> lives = EnumSet.of(Kind.LOGON, Kind.LOGOFF);
    Set<Kind> begins = EnumSet.of(Kind.LOGON, Kind.SESSION_CREATE);
    Map<Kind, Set<Kind>> over = new EnumMap<>(Kind.class);
    OPPOSITES.forEach((kind, opposite) -> endBy(over, kind, Set.of(opposite)));
    for (Kind kind :
        List.of(Kind.LOCK, Kind.UNLOCK, Kind.SCREENSAVER_START, Kind.SCREENSAVER_STOP)) {
      endBy(over, kind, disconnects);
      endBy(over, kind, lives);
    }
    endBy(over, Kind.SCREENSAVER_START, Set.of(Kind.UNLOCK));
    connects.forEach(kind -> endBy(over, kind, disconnects));
    disconnects.forEach(kind -> endBy(over, kind, connects));
    endBy(over, Kind.LOGOFF, begins);
    endBy(over, Kind.SESSION_TERMINATE, begins);
    return over;
  }

  private static void endBy(Map<Kind, Set<Kind>> over, Kind kind, Set<Kind> later) {
    over.computeIfAbsent(kind, key -> EnumSet.noneOf(Kind.class)).addAll(later);
  }

  private static List<Row> build() {
    List<Row> rows = new ArrayList<>();
    for (Reporter first : Reporter.values()) {
      for (Reporter later : Reporter.values()) {
        for (Kind kind : CORRELATED) {
          rows.add(newRow(kind, first, kind, later));
          Kind other = OTHER_STATION.get(kind);
          if (other != null && (first == Reporter.SENS_SESSION || later == Reporter.SENS_SESSION)) {
            rows.add(newRow(kind, first, other, later));
          }
        }
      }
    }
    return List.copyOf(rows);
  }

  private static Row newRow(
      Kind first, Reporter firstReporter, Kind later, Reporter laterReporter) {
    boolean slow = laterReporter == Reporter.SENS_USER;
    return new Row(first, firstReporter, later, laterReporter, slow ? SENS_WINDOW : WINDOW, slow);
  }

  private static Map<Kind, Map<Reporter, List<Row>>> index() {
    Map<Kind, Map<Reporter, List<Row>>> index = new EnumMap<>(Kind.class);
    for (Row row : ROWS) {
      index
          .computeIfAbsent(row.later(), kind -> new EnumMap<>(Reporter.class))
          .computeIfAbsent(row.laterReporter(), reporter -> new ArrayList<>())
          .add(row);
    }
    return index;
  }

  /** The whole table. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** The row for a first and a later report; empty if they are two events. */
  public static Optional<Row> find(
      Kind first, Reporter firstReporter, Kind later, Reporter laterReporter) {
    return Optional.ofNullable(row(first, firstReporter, later, laterReporter));
  }

  public static @Nullable Row row(
      Kind first, Reporter firstReporter, Kind later, Reporter laterReporter) {
    if (first != later && OTHER_STATION.get(later) != first) {
      return null; // the common case, on the path of every report
    }
    Map<Reporter, List<Row>> laterRows = BY_LATER.get(later);
    if (laterRows == null) {
      return null;
    }
    for (Row row : laterRows.getOrDefault(laterReporter, List.of())) {
      if (row.first() == first && row.firstReporter() == firstReporter) {
        return row;
      }
    }
    return null;
  }

  /** The kind with the opposite effect, if there is one. */
  public static Optional<Kind> opposite(Kind kind) {
    return Optional.ofNullable(OPPOSITES.get(kind));
  }

  /**
   * Whether a report of the later kind shows that the effect of the earlier kind has ended, so that
   * the earlier kind, if reported again, is a new event.
   */
  public static boolean supersedes(Kind later, Kind earlier) {
    return SUPERSEDED_BY.getOrDefault(earlier, NONE).contains(later);
  }

  public static boolean isCorrelated(Kind kind) {
    return CORRELATED.contains(kind);
  }

  /** Whether it can be the first event of a session, also of the next one with the same number. */
  public static boolean isBegin(Kind kind) {
    return kind == Kind.SESSION_CREATE
        || kind == Kind.LOGON
        || kind == Kind.SESSION_PRESENT
        || kind == Kind.CONSOLE_CONNECT
        || kind == Kind.REMOTE_CONNECT;
  }
}
