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
 * @param user as far as reported
 * @param counts whether the user is a person whom the settings do not ignore
 * @param witnessed whether its begin is known; else it had begun before the first report
 * @param logonTime when the user logged on: as reported by the system, else the time of the logon's
 *     report, else when the life was first seen
 * @param logonTimeFromSystem whether that time is from the system
 * @param logonIds the logon sessions of the user: UAC creates two, unlocking adds more
 * @param begun the uptime at which it begins to count; {@link Turn#UNKNOWN} if unknown
 * @param screenSaverFrom the uptime at which the running screen saver started; unknown if none
 * @param watch measures its states
 */
public record Life(
    User user,
    boolean counts,
    boolean witnessed,
    @Nullable Instant logonTime,
    boolean logonTimeFromSystem,
    List<String> logonIds,
    long begun,
    long screenSaverFrom,
    Stopwatch watch) {

  /** The largest difference between two system times of one logon. */
  private static final Duration SYSTEM_TOLERANCE = Duration.ofSeconds(2);

  /** The same if one of them is only the time of a report. */
  private static final Duration REPORT_TOLERANCE = Duration.ofSeconds(30);

  private static final int MAX_LOGON_IDS = 16;

  public static Life begun(
      User user,
      boolean counts,
      boolean witnessed,
      EventData data,
      @Nullable Instant reported,
      Turn turn,
      LifeState state,
      SleepClock sleep) {
    Instant systemTime = data.get(Field.LOGON_TIME);
    String logonId = data.get(Field.LOGON_ID);
    return new Life(
        user,
        counts,
        witnessed,
        systemTime == null ? reported : systemTime,
        systemTime != null,
        logonId == null ? List.of() : List.of(logonId),
        turn.newFrom(),
        Turn.UNKNOWN,
        Stopwatch.started(state, turn, sleep));
  }

  /**
   * Whether a reported logon is the one that began this life.
   *
   * @param systemTime the logon time from the system, or null
   * @param reported when the logon was reported; null if the report was not of a logon
   */
  public boolean isLogonAt(@Nullable Instant systemTime, @Nullable Instant reported) {
    Instant other = systemTime == null ? reported : systemTime;
    if (logonTime == null || other == null) {
      return true;
    }
    if (!witnessed && !logonTimeFromSystem) {
      return !other.isAfter(logonTime.plus(REPORT_TOLERANCE));
    }
    Duration apart = Duration.between(logonTime, other).abs();
    boolean bothFromSystem = logonTimeFromSystem && systemTime != null;
    return apart.compareTo(bothFromSystem ? SYSTEM_TOLERANCE : REPORT_TOLERANCE) <= 0;
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
            logonTimeFromSystem,
            logonIds,
            begun,
            screenSaverFrom,
            changed);
  }

  public Life withScreenSaverFrom(long uptime) {
    return uptime == screenSaverFrom
        ? this
        : new Life(
            user,
            counts,
            witnessed,
            logonTime,
            logonTimeFromSystem,
            logonIds,
            begun,
            uptime,
            watch);
  }

  /** This life, completed with what another report of it adds. */
  public Life completed(User other, EventData data, TrackerSettings settings) {
    User whole = user.orAlso(other);
    Instant systemTime = logonTimeFromSystem ? null : data.get(Field.LOGON_TIME);
    String logonId = data.get(Field.LOGON_ID);
    List<String> all = logonId == null ? logonIds : withLogonId(logonId);
    if (whole.equals(user) && systemTime == null && all.equals(logonIds)) {
      return this;
    }
    return new Life(
        whole,
        whole.equals(user) ? counts : settings.counts(whole),
        witnessed,
        systemTime == null ? logonTime : systemTime,
        logonTimeFromSystem || systemTime != null,
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
    if (more.size() == MAX_LOGON_IDS) {
      more.remove(1); // the first is that of the logon itself
    }
    more.add(logonId);
    return List.copyOf(more);
  }

  /** Adds the durations to the event that ends the life. */
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

  /** Adds the duration of a screen saver to the event that ends it. */
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
    out.flag(logonTimeFromSystem);
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
    boolean fromSystem = in.flag();
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
        fromSystem,
        List.copyOf(logonIds),
        in.number(),
        in.number(),
        Stopwatch.decode(in));
  }
}
