package io.sessionbridge.sessions;

import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sessions.state.User;
import java.time.Duration;
import java.util.List;

/**
 * How a tracker judges.
 *
 * @param ignoreUsers whose presence does not count; their sessions are tracked and reported
 * @param idleAfter how long nobody must be there before the host is idle
 * @param correlate whether reports of different sources are taken together
 * @param live whether it is this host as it lives: such a one has an activity, and is compared with
 *     what exists
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

  /** The same judgement of another host, which is known by what is told of it alone. */
  public TrackerSettings ofForeignHosts() {
    return new TrackerSettings(ignoreUsers, idleAfter, correlate, false);
  }

  /** Whether the user is somebody whose presence counts. */
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
