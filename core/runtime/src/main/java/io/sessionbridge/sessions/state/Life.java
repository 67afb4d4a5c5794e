package io.sessionbridge.sessions.state;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.LifeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's time in a session, from logon to logoff. Immutable.
 *
 * @param user as far as it was told
 * @param counts whether the user is a person whom the settings do not ignore
 * @param witnessed whether its begin is known; else it was there before anybody told
 * @param logonTime when the user logged on: by the system, else when the logon was reported, else
 *     when the life was first seen
 * @param logonTimeTold whether the system said so
 * @param logonIds the logon sessions that are this user's: UAC makes two, unlocking adds some
 * @param begun the uptime from which it counts; {@link Turn#UNKNOWN} if unknown
 * @param screenSaverFrom the uptime at which the running screen saver started, or unknown
 * @param watch measures it
 */
public record Life(
    User user,
    boolean counts,
    boolean witnessed,
    @Nullable Instant logonTime,
    boolean logonTimeTold,
    List<String> logonIds,
    long begun,
    long screenSaverFrom,
    Stopwatch watch) {

  /** How far two reports of one logon's time may be apart. */
  private static final Duration TOLD_TOLERANCE = Duration.ofSeconds(2);

  /** The same where one of them is only the time of a report. */
  private static final Duration REPORT_TOLERANCE = Duration.ofSeconds(30);

  private static final int MOST_LOGON_IDS = 16;

  public static Life begun(
      User user,
      boolean counts,
      boolean witnessed,
      EventData data,
      @Nullable Instant reported,
      Turn turn,
      LifeState state,
      SleepClock sleep) {
    Instant told = data.get(Field.LOGON_TIME);
    String logonId = data.get(Field.LOGON_ID);
    return new Life(
        user,
        counts,
        witnessed,
        told == null ? reported : told,
        told != null,
        logonId == null ? List.of() : List.of(logonId),
        turn.newFrom(),
        Turn.UNKNOWN,
        Stopwatch.started(state, turn, sleep));
  }

  /**
   * Whether a logon that is told now is the one that began this life.
   *
   * @param told by the system, or null
   * @param reported when the report of a logon came; null if it was no report of a logon
   */
  public boolean isLogonAt(@Nullable Instant told, @Nullable Instant reported) {
    Instant other = told == null ? reported : told;
    if (logonTime == null || other == null) {
      return true;
    }
    if (!witnessed && !logonTimeTold) {
      return !other.isAfter(logonTime.plus(REPORT_TOLERANCE));
    }
    Duration apart = Duration.between(logonTime, other).abs();
    boolean bothTold = logonTimeTold && told != null;
    return apart.compareTo(bothTold ? TOLD_TOLERANCE : REPORT_TOLERANCE) <= 0;
  }

  public Life turned(LifeState state, Turn turn, SleepClock sleep) {
    return withWatch(watch.turned(state, turn, sleep));
  }

  public Life withWatch(Stopwatch changed) {
    return changed == watch
        ? this
        : new Life(
            user,
            counts,
            witnessed,
            logonTime,
            logonTimeTold,
            logonIds,
            begun,
            screenSaverFrom,
            changed);
  }

  public Life withScreenSaverFrom(long uptime) {
    return uptime == screenSaverFrom
        ? this
        : new Life(
            user, counts, witnessed, logonTime, logonTimeTold, logonIds, begun, uptime, watch);
  }

  /** This, and what a report of the same life says more. */
  public Life completed(User other, EventData data, TrackerSettings settings) {
    User whole = user.orAlso(other);
    Instant told = logonTimeTold ? null : data.get(Field.LOGON_TIME);
    String logonId = data.get(Field.LOGON_ID);
    List<String> all = logonId == null ? logonIds : withLogonId(logonId);
    if (whole.equals(user) && told == null && all.equals(logonIds)) {
      return this;
    }
    return new Life(
        whole,
        whole.equals(user) ? counts : settings.counts(whole),
        witnessed,
        told == null ? logonTime : told,
        logonTimeTold || told != null,
        all,
        begun,
        screenSaverFrom,
        watch);
  }

  private List<String> withLogonId(String logonId) {
    if (logonIds.contains(logonId)) {
      return logonIds;
    }
    List<String> more = new ArrayList<>(logonIds);
    if (more.size() == MOST_LOGON_IDS) {
      more.remove(1); // the first is the logon's own
    }
    more.add(logonId);
    return List.copyOf(more);
  }

  /** Says in the event that ends it how long it was. */
  public void addTotals(Turn end, SleepClock sleep, EventData.Builder data) {
    watch.addStretch(end, data);
    addScreenSaver(end, data);
    if (!witnessed) {
      return;
    }
    if (begun != Turn.UNKNOWN && end.exact() != Turn.UNKNOWN) {
      data.put(Field.SESSION_SECONDS, Math.max(0, end.exact() - begun) / 1000);
    }
    watch.addTotals(end, sleep, data);
  }

  /** Says in an event that ends a running screen saver how long it ran. */
  public void addScreenSaver(Turn end, EventData.Builder data) {
    if (screenSaverFrom != Turn.UNKNOWN && end.exact() != Turn.UNKNOWN) {
      data.put(Field.LAST_SCREENSAVER_SECONDS, Math.max(0, end.exact() - screenSaverFrom) / 1000);
    }
  }

  public void encode(StateWriter out) {
    user.encode(out);
    out.flag(counts);
    out.flag(witnessed);
    out.optionalTime(logonTime);
    out.flag(logonTimeTold);
    out.number(logonIds.size());
    logonIds.forEach(out::text);
    out.number(begun);
    out.number(screenSaverFrom);
    watch.encode(out);
  }

  public static Life decode(StateReader in) throws StateFormatException {
    User user = User.decode(in);
    boolean counts = in.flag();
    boolean witnessed = in.flag();
    Instant logonTime = in.optionalTime();
    boolean told = in.flag();
    int count = in.count();
    List<String> logonIds = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      logonIds.add(in.text());
    }
    return new Life(
        user,
        counts,
        witnessed,
        logonTime,
        told,
        List.copyOf(logonIds),
        in.number(),
        in.number(),
        Stopwatch.decode(in));
  }
}
