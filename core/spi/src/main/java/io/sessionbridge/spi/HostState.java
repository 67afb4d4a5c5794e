package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is true of this host at one moment. Its sessions and its activity are as far as the journal
 * has them: what is shown here is not taken back.
 *
 * @param time the moment
 * @param health the agent's
 * @param sessions that are open, sorted by id
 * @param condition as last reported
 * @param activity whether somebody is there; empty until the agent has judged it
 * @param use what the sessions come to at this moment
 * @param judged whether the activity was judged since the agent started; otherwise it is what was
 *     true before, and nothing is to be begun or ended for it
 * @param sequence the place in the journal up to which the sessions are known, as {@link
 *     io.sessionbridge.event.SessionEvent#journalSequence}: what an event says is in them if its
 *     place is not behind this; 0 if nobody can tell
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

  /** The state of a host of which nobody can tell up to which event it is known. */
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

  /** The state of a host of which no more is known than its activity, judged now. */
  public HostState(
      Instant time,
      Health health,
      List<SessionState> sessions,
      HostCondition condition,
      Optional<HostActivity> activity) {
    this(time, health, sessions, condition, activity, HostUse.UNKNOWN, true);
  }

  /** The state of a host of which nobody can tell whether it is used. */
  public HostState(
      Instant time, Health health, List<SessionState> sessions, HostCondition condition) {
    this(time, health, sessions, condition, Optional.empty());
  }

  /** The state of a host whose condition is unknown. */
  public HostState(Instant time, Health health, List<SessionState> sessions) {
    this(time, health, sessions, HostCondition.UNKNOWN);
  }

  /** Whether it differs in more than the moment, the place and the sentence of the health. */
  public boolean isNewsAfter(HostState shown) {
    return !comparable().equals(shown.comparable());
  }

  private HostState comparable() {
    Health word = new Health(health.status(), "");
    return new HostState(Instant.EPOCH, word, sessions, condition, activity, use, judged, 0);
  }
}
