package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of this host at one moment. Sessions and activity reflect only durable events, so
 * nothing shown here is taken back.
 *
 * @param time the moment
 * @param health of the agent
 * @param sessions the open sessions, sorted by id
 * @param condition as last reported
 * @param activity whether the host is in use; empty until the agent has determined it
 * @param use derived from the sessions at this moment
 * @param judged whether the activity was determined since the agent started; otherwise it is the
 *     last one of the previous run, and must not start or stop anything
 * @param sequence the last {@link io.sessionbridge.event.SessionEvent#journalSequence} that the
 *     sessions reflect: an event is included if its sequence is not greater; 0 if unknown
 */
@Evolving
public record HostState(
    Instant time,
    Health health,
    List<SessionState> sessions,
    HostCondition condition,
    Optional<HostActivity> activity,
    HostUse use,
    boolean judged,
    long sequence) {

  public HostState {
    sessions = List.copyOf(sessions);
  }

  /** A state that reflects the journal up to an unknown event. */
  public HostState(
      Instant time,
      Health health,
      List<SessionState> sessions,
      HostCondition condition,
      Optional<HostActivity> activity,
      HostUse use,
      boolean judged) {
    this(time, health, sessions, condition, activity, use, judged, 0);
  }

  /** A state with an activity determined now, and nothing known of the use of the sessions. */
  public HostState(
      Instant time,
      Health health,
      List<SessionState> sessions,
      HostCondition condition,
      Optional<HostActivity> activity) {
    this(time, health, sessions, condition, activity, HostUse.UNKNOWN, true);
  }

  /** A state with unknown activity. */
  public HostState(
      Instant time, Health health, List<SessionState> sessions, HostCondition condition) {
    this(time, health, sessions, condition, Optional.empty());
  }

  /** A state with unknown condition and activity. */
  public HostState(Instant time, Health health, List<SessionState> sessions) {
    this(time, health, sessions, HostCondition.UNKNOWN);
  }

  /** Whether it differs in more than time, sequence and the detail of the health. */
  public boolean differsFrom(HostState shown) {
    return !comparable().equals(shown.comparable());
  }

  private HostState comparable() {
    Health word = new Health(health.status(), "");
    return new HostState(Instant.EPOCH, word, sessions, condition, activity, use, judged, 0);
  }
}
