package io.sessionbridge.sessions.state;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The known state of one session number. Immutable.
 *
 * @param id the system's number, which Windows reuses
 * @param key the id of the session's first event
 * @param phase whether it is open
 * @param life the life of its user; null at a logon screen and after the logoff
 * @param lastUser the last logged-on user; unknown before the first logon
 * @param former the previous session with the number; null if unknown
 * @param condition the state of its station
 * @param recents its recent events
 * @param flood its event rate
 * @param lastKind the kind of its last event
 * @param last when that was
 */
public record Session(
    long id,
    String key,
    Phase phase,
    @Nullable Life life,
    User lastUser,
    @Nullable Former former,
    Condition condition,
    Recents recents,
    FloodWindow flood,
    Kind lastKind,
    Moment last)
    implements NumberedTable.Numbered {

  /** The phase of a session. */
  public enum Phase {
    OPEN,
    /** The user has logged off; later events belong to it until the number is reused. */
    CLOSED,
    /** The system has reported its end. */
    TERMINATED
  }

  /** Whether a user may be present in it. */
  public enum Use {
    NO,
    YES,
    UNKNOWN
  }

  public static Session started(
      long id, String key, @Nullable Former former, Kind kind, Moment at) {
    return new Session(
        id,
        key,
        Phase.OPEN,
        null,
        User.UNKNOWN,
        former,
        Condition.UNKNOWN,
        Recents.NONE,
        FloodWindow.startedAt(at),
        kind,
        at);
  }

  public boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** The current user, or the last one. */
  public User owner() {
    return life == null ? lastUser : life.user();
  }

  /** What the next session with this number keeps of this one. */
  public Former asFormer() {
    return new Former(key, owner(), recents);
  }

  /** Whether its life is that of a person who counts. */
  boolean hasPerson() {
    return life != null && id != 0 && life.counts();
  }

  public Use use() {
    if (!hasPerson()) {
      return Use.NO;
    }
    return switch (condition.state()) {
      case ACTIVE -> Use.YES;
      case UNKNOWN -> isCertainlyLocked() ? Use.NO : Use.UNKNOWN;
      case LOCKED, DISCONNECTED, SCREENSAVER -> Use.NO;
    };
  }

  private boolean isCertainlyLocked() {
    return condition.locked() != null && condition.locked();
  }

  public Instant since() {
    return life == null ? last.time() : life.watch().since();
  }

  public Session withLife(@Nullable Life changed) {
    return new Session(
        id,
        key,
        phase,
        changed,
        changed == null ? lastUser : changed.user(),
        former,
        condition,
        recents,
        flood,
        lastKind,
        last);
  }

  public Session withFormer(Former changed) {
    return new Session(
        id, key, phase, life, lastUser, changed, condition, recents, flood, lastKind, last);
  }

  public Session withPhase(Phase changed) {
    return new Session(
        id, key, changed, life, lastUser, former, condition, recents, flood, lastKind, last);
  }

  public Session withCondition(Condition changed) {
    return new Session(
        id, key, phase, life, lastUser, former, changed, recents, flood, lastKind, last);
  }

  public Session withRecents(Recents changed) {
    return new Session(
        id, key, phase, life, lastUser, former, condition, changed, flood, lastKind, last);
  }

  public boolean hasReports() {
    return !recents.isEmpty() || former != null && !former.recents().isEmpty();
  }

  /** This session after a restart of the agent. */
  public Session agentStarted() {
    Session changed = withRecents(recents.agentStarted());
    return former == null
        ? changed
        : changed.withFormer(
            new Former(former.key(), former.user(), former.recents().agentStarted()));
  }

  public Session withFlood(FloodWindow changed) {
    return new Session(
        id, key, phase, life, lastUser, former, condition, recents, changed, lastKind, last);
  }

  public Session withLast(Kind kind, Moment at) {
    return new Session(id, key, phase, life, lastUser, former, condition, recents, flood, kind, at);
  }

  public void encode(StateWriter out) {
    out.number(id);
    out.text(key);
    out.enumeration(phase);
    out.flag(life != null);
    if (life != null) {
      life.encode(out);
    }
    lastUser.encode(out);
    out.flag(former != null);
    if (former != null) {
      former.encode(out);
    }
    condition.encode(out);
    recents.encode(out);
    flood.encode(out);
    out.kind(lastKind);
    out.moment(last);
  }

  public static Session decode(StateReader in) throws StateFormatException {
    return new Session(
        in.number(),
        in.text(),
        in.enumeration(Phase.values()),
        in.flag() ? Life.decode(in) : null,
        User.decode(in),
        in.flag() ? Former.decode(in) : null,
        Condition.decode(in),
        Recents.decode(in),
        FloodWindow.decode(in),
        in.kind(),
        in.moment());
  }
}
