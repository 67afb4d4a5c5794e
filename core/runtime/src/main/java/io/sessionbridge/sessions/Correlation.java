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
 * Which two reports of different sources tell of one happening, as a table: kind of the first
 * report, kind of the later one, and who tells each. What the table does not hold is two
 * happenings.
 */
public final class Correlation {

  /** Who reports; what one of them can know and how late it may be. */
  public enum Teller {
    /** Notifications of the system with a session's number: wts, scm, kernel and others. */
    NOTIFICATION,
    /** {@code ISensLogon2}: with a session's number, but not whether it is at the console. */
    SENS_SESSION,
    /** {@code ISensLogon}: names the user alone, and may be three minutes late. */
    SENS_USER,
    /** A record of the past. */
    RECORD,
    /** The tracker itself, which concluded it. */
    TRACKER
  }

  /**
   * A row: a report of the later kind within the window of the first is the same happening.
   *
   * @param untilOpposite whether a report of the opposite in between makes it another happening
   */
  public record Row(
      Kind first,
      Teller firstTeller,
      Kind later,
      Teller laterTeller,
      Duration window,
      boolean untilOpposite) {}

  /** Two notifications of one happening come within milliseconds; the rest is a busy machine. */
  public static final Duration WINDOW = Duration.ofSeconds(5);

  /** SENS gives up on a subscriber after three minutes, and calls one after the other. */
  public static final Duration SENS_WINDOW = Duration.ofMinutes(3);

  /** Kinds that every source tells alike. */
  private static final Set<Kind> TOLD_ALIKE =
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

  /** What SENS tells as the left kind may have been the right one. */
  private static final Map<Kind, Kind> OTHER_SIDE =
      opposites(
          Kind.CONSOLE_CONNECT, Kind.REMOTE_CONNECT,
          Kind.CONSOLE_DISCONNECT, Kind.REMOTE_DISCONNECT);

  private static final Set<Kind> NONE = EnumSet.noneOf(Kind.class);
  private static final Map<Kind, Set<Kind>> OVER_BY = overBy();

  private static final List<Row> ROWS = build();
  private static final Map<Kind, Map<Teller, List<Row>>> BY_LATER = index();

  private Correlation() {}

  private static Map<Kind, Kind> opposites(Kind... pairs) {
    Map<Kind, Kind> both = new EnumMap<>(Kind.class);
    for (int i = 0; i < pairs.length; i += 2) {
      both.put(pairs[i], pairs[i + 1]);
      both.put(pairs[i + 1], pairs[i]);
    }
    return both;
  }

  /** A disconnect hides the lock, and the end of a life ends all in it. */
  private static Map<Kind, Set<Kind>> overBy() {
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
    for (Teller first : Teller.values()) {
      for (Teller later : Teller.values()) {
        for (Kind kind : TOLD_ALIKE) {
          rows.add(newRow(kind, first, kind, later));
          Kind other = OTHER_SIDE.get(kind);
          if (other != null && (first == Teller.SENS_SESSION || later == Teller.SENS_SESSION)) {
            rows.add(newRow(kind, first, other, later));
          }
        }
      }
    }
    return List.copyOf(rows);
  }

  private static Row newRow(Kind first, Teller firstTeller, Kind later, Teller laterTeller) {
    boolean slow = laterTeller == Teller.SENS_USER;
    return new Row(first, firstTeller, later, laterTeller, slow ? SENS_WINDOW : WINDOW, slow);
  }

  private static Map<Kind, Map<Teller, List<Row>>> index() {
    Map<Kind, Map<Teller, List<Row>>> index = new EnumMap<>(Kind.class);
    for (Row row : ROWS) {
      index
          .computeIfAbsent(row.later(), kind -> new EnumMap<>(Teller.class))
          .computeIfAbsent(row.laterTeller(), teller -> new ArrayList<>())
          .add(row);
    }
    return index;
  }

  /** The whole table. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** The row for a first and a later report; empty if they are two happenings. */
  public static Optional<Row> find(Kind first, Teller firstTeller, Kind later, Teller laterTeller) {
    return Optional.ofNullable(row(first, firstTeller, later, laterTeller));
  }

  public static @Nullable Row row(Kind first, Teller firstTeller, Kind later, Teller laterTeller) {
    if (first != later && OTHER_SIDE.get(later) != first) {
      return null; // most are so, and this is asked for every report
    }
    Map<Teller, List<Row>> laterRows = BY_LATER.get(later);
    if (laterRows == null) {
      return null;
    }
    for (Row row : laterRows.getOrDefault(laterTeller, List.of())) {
      if (row.first() == first && row.firstTeller() == firstTeller) {
        return row;
      }
    }
    return null;
  }

  /** The kind that undoes it, if there is one. */
  public static Optional<Kind> opposite(Kind kind) {
    return Optional.ofNullable(OPPOSITES.get(kind));
  }

  /**
   * Whether a report of the later kind shows that what the earlier kind tells is over, so that the
   * earlier kind, told again, is another happening.
   */
  public static boolean supersedes(Kind later, Kind earlier) {
    return OVER_BY.getOrDefault(earlier, NONE).contains(later);
  }

  public static boolean isCorrelated(Kind kind) {
    return TOLD_ALIKE.contains(kind);
  }

  /** Whether it can be the first event of a session, and of the next one with its number. */
  public static boolean isBegin(Kind kind) {
    return kind == Kind.SESSION_CREATE
        || kind == Kind.LOGON
        || kind == Kind.SESSION_PRESENT
        || kind == Kind.CONSOLE_CONNECT
        || kind == Kind.REMOTE_CONNECT;
  }
}
