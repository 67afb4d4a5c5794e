package io.sessionbridge.sessions;

import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sessions.state.User;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a tracker.
 *
 * @param ignoreUsers users whose presence does not count; their sessions are still tracked and
 *     reported
 * @param idleAfter how long nobody must be present before the host is idle
 * @param correlate whether reports of different sources are correlated
 * @param live whether it tracks this host live: only then there is an activity and a comparison
 *     with the existing sessions
 */
public record TrackerSettings(
    List<UserPattern> ignoreUsers, Duration idleAfter, boolean correlate, boolean live) {

  public static final Duration IDLE_AFTER = Duration.ofMinutes(5);

  public TrackerSettings {
    ignoreUsers = List.copyOf(ignoreUsers);
  }

  /** The defaults, for this host. */
  public static TrackerSettings ofLiveHost() {
    return new TrackerSettings(List.of(), IDLE_AFTER, true, true);
  }

  /** The same settings for another host, known only from the reports about it. */
  public TrackerSettings ofForeignHosts() {
    return new TrackerSettings(ignoreUsers, idleAfter, correlate, false);
  }

  /** Whether the user's presence counts. */
  public boolean counts(User user) {
    if (user.accountClass() != AccountClass.PERSON) {
      return false;
    }
    for (UserPattern pattern : ignoreUsers) {
      if (user.isNamedBy(pattern)) {
        return false;
      }
    }
    return true;
  }
}
