package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.sessions.history.View.Attachment;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What was reported of a session, without anything that only the course knows. */
final class Known {

  private static final Set<Category> SAVED_OR_LOCKED =
      EnumSet.of(Category.SCREENSAVER, Category.LOCKED);

  /** A lock so soon after a screen saver is the screen saver's. */
  private static final long SAVER_TELLS_LOCK = 5_000;

  private final TrueSession session;
  private final Tape tape = new Tape();
  private boolean alive;
  private boolean over;
  private Optional<Boolean> connected = Optional.empty();
  private Optional<Attachment> attachment = Optional.empty();
  private Optional<Boolean> locked = Optional.empty();

  /** Like {@code locked}, but only what stands in an event: a comparison leaves no trace. */
  private Optional<Boolean> lockedByEvent = Optional.empty();

  /** Whether its last report before the disconnect was a lock; that may have changed since. */
  private boolean lockToldAway;

  private boolean saver;

  /** Whether one ran when the agent ended; whether it still does is unknown. */
  private boolean saverUnknown;

  /** The first and the last moment at which the lock may have begun; negative if nobody knows. */
  private long lockedSince = -1;

  private long lockedSinceAtMost = -1;
  private long saverSince = -1;
  private long lastSaverFrom = -1;
  private long lastSaverTo = -1;

  /** Whether the agent ended while the last reported screen saver ran. */
  private boolean saverUnwatched;

  private long disconnectedSince = -1;
  private long lifeSince;
  private long lifeSinceAtMost;
  private boolean userTold;
  private boolean hadUser;
  private boolean terminated;
  private boolean endUnsure;
  private long lastTold;
  private long lastHeard;

  Known(TrueSession session) {
    this.session = session;
  }

  TrueSession session() {
    return session;
  }

  Tape tape() {
    return tape;
  }

  /** Whether the begin of a user's life was reported. */
  boolean alive() {
    return alive;
  }

  boolean over() {
    return over;
  }

  Optional<Boolean> connected() {
    return connected;
  }

  Optional<Attachment> attachment() {
    return attachment;
  }

  Optional<Boolean> locked() {
    return locked;
  }

  Optional<Boolean> lockedByEvent() {
    return lockedByEvent;
  }

  /** It was disconnected meanwhile. */
  void lockIsForgotten() {
    lockedByEvent = Optional.empty();
  }

  /** An event says that it is locked, or not. */
  void lockIsConcluded(boolean now) {
    lockedByEvent = Optional.of(now);
  }

  boolean userTold() {
    return userTold;
  }

  void userIsTold() {
    userTold = true;
  }

  /** When it was last reported; what a comparison saw is in no record. */
  long lastHeard() {
    return lastHeard;
  }

  long lastTold() {
    return lastTold;
  }

  /** Whether it cannot be distinguished from another one of its number that begins like it. */
  boolean isLikeAny() {
    return !hadUser && !terminated;
  }

  /** Whether a screen saver may or may not run. */
  boolean mayBeSaved() {
    return alive && saverUnknown;
  }

  /** Whether the lock was not reported since the last disconnect. */
  boolean mayBeLocked() {
    return alive && locked.isEmpty() && connected.equals(Optional.of(true)) && !lockToldAway;
  }

  /** Whether its begin was inferred; then its connection may not have been reported. */
  boolean beganUnheard() {
    return alive && lifeSince != lifeSinceAtMost;
  }

  /** Whether a user can be at work; empty if a part of it is unknown. */
  Optional<Boolean> inUse() {
    if (!alive
        || saver
        || locked.equals(Optional.of(true))
        || connected.equals(Optional.of(false))) {
      return Optional.of(false);
    }
    return locked.isEmpty() || connected.isEmpty() || saverUnknown
        ? Optional.empty()
        : Optional.of(true);
  }

  /** The length of the life up to the moment. */
  Seconds life(long to) {
    Seconds life = Seconds.between(to - lifeSinceAtMost, to - lifeSince);
    return new Seconds(life.least(), life.most(), lifeSince == lifeSinceAtMost);
  }

  // --- reports

  void report(What what, EventData data, long at) {
    lastTold = at;
    lastHeard = at;
    saverUnknown &= what == What.SHADOW || what == What.SHELL || what == What.DESKTOP_READY;
    switch (what) {
      case CONSOLE_CONNECT -> connect(Attachment.CONSOLE);
      case REMOTE_CONNECT -> connect(Attachment.REMOTE);
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT -> disconnect(at);
      case LOGON -> begin(at, at);
      case LOGOFF -> end();
      case TERMINATE -> terminated = true;
      case LOCK -> lock(at);
      case UNLOCK -> {
        locked = Optional.of(false);
        lockedSince = -1;
      }
      case SAVER_START -> {
        saver = true;
        saverUnwatched = false;
        saverSince = at;
      }
      case SAVER_STOP -> {
        lastSaverFrom = saverSince;
        lastSaverTo = at;
        saver = false;
        saverSince = -1;
      }
      default -> {}
    }
    boolean connects = what == What.CONSOLE_CONNECT || what == What.REMOTE_CONNECT;
    if (alive && (connects || locked.isEmpty())) {
      locked = data.find(Field.LOCKED);
    }
    if (what == What.CONSOLE_DISCONNECT || what == What.REMOTE_DISCONNECT) {
      lockToldAway = locked.isPresent();
    }
    lockedByEvent = locked;
    mark(at);
  }

  /** A secure screen saver locks when it begins and reports the lock when it ends. */
  private void lock(long at) {
    lockedSince = at;
    lockedSinceAtMost = at;
    if (saver) {
      lockedSince = saverSince;
      tape.blur(saverSince, SAVED_OR_LOCKED);
    } else if (isSaversLock(at)) {
      lockedSince = lastSaverFrom;
      lockedSinceAtMost = saverUnwatched ? at : lastSaverFrom;
      tape.blur(lastSaverFrom, SAVED_OR_LOCKED);
    }
    locked = Optional.of(true);
  }

  /** Whether a lock that is reported now began with the screen saver that has just ended. */
  boolean isSaversLock(long at) {
    return !saver && lastSaverFrom >= 0 && at - lastSaverTo < SAVER_TELLS_LOCK;
  }

  private void connect(Attachment to) {
    connected = Optional.of(true);
    attachment = Optional.of(to);
    disconnectedSince = -1;
  }

  private void disconnect(long at) {
    connected = Optional.of(false);
    attachment = Optional.of(Attachment.NONE);
    disconnectedSince = at;
    locked = Optional.empty();
    lockedSince = -1;
    saver = false;
    saverSince = -1;
  }

  private void begin(long since, long sinceAtMost) {
    alive = true;
    hadUser = true;
    lifeSince = since;
    lifeSinceAtMost = sinceAtMost;
    connected = Optional.of(true);
    locked = Optional.of(false);
    lockedSince = -1;
    saver = false;
  }

  void end() {
    alive = false;
    over = true;
  }

  /** A comparison shows that it is over. */
  void endUnheard(long at, boolean unsure) {
    end();
    lastTold = at;
    endUnsure = unsure;
  }

  /** Whether the clock was set since its last report, so that its end is unknown. */
  boolean endIsUnsure() {
    return endUnsure;
  }

  boolean terminated() {
    return terminated;
  }

  boolean hadUser() {
    return hadUser;
  }

  /**
   * What a comparison shows.
   *
   * @param logonAt when the life began, if it was not reported before
   */
  void seen(View view, long logonAt, long at) {
    if (view.loggedOn() && !alive) {
      begin(logonAt, at);
      lastHeard = at; // it is written
      lockedByEvent = Optional.of(view.locked());
      tape.mark(logonAt, EnumSet.complementOf(EnumSet.of(Category.ASLEEP)));
    }
    lastTold = at;
    if (!connected.equals(Optional.of(view.connected()))) {
      disconnectedSince = -1;
    }
    connected = Optional.of(view.connected());
    attachment = Optional.of(view.attachment());
    if (!locked.equals(Optional.of(view.locked()))) {
      lockedSince = -1;
    }
    locked = Optional.of(view.locked());
    lockToldAway |= !view.connected();
    mark(at);
  }

  /** The agent did not run, so it is unknown whether a screen saver still does. */
  void wasUnwatched() {
    if (saver) {
      saver = false;
      saverUnknown = true;
      saverUnwatched = true;
      tape.blur(lastHeard, EnumSet.of(Category.SCREENSAVER, Category.ACTIVE));
    }
  }

  /** Its changes since the moment were missed. */
  void darken(long since) {
    lockedSince = -1;
    disconnectedSince = -1;
    saverSince = -1;
    saverUnknown |= saver;
    saverUnwatched |= saver;
    saver = false;
    tape.darken(since);
  }

  private void mark(long at) {
    if (alive) {
      tape.mark(at, possible());
    }
  }

  private Set<Category> possible() {
    if (connected.isEmpty()) {
      return EnumSet.complementOf(EnumSet.of(Category.ASLEEP));
    }
    if (!connected.get()) {
      return EnumSet.of(Category.DISCONNECTED);
    }
    if (saverUnknown && locked.equals(Optional.of(false))) {
      return EnumSet.of(Category.SCREENSAVER, Category.ACTIVE);
    }
    Category unlocked = saver ? Category.SCREENSAVER : Category.ACTIVE;
    return locked
        .map(now -> EnumSet.of(now ? Category.LOCKED : unlocked))
        .orElse(EnumSet.of(Category.LOCKED, unlocked));
  }

  // --- stretches by their flags

  Seconds lockedFor(long at) {
    return lockedSince < 0
        ? since(-1, at)
        : new Seconds(at - lockedSinceAtMost, at - lockedSince, true);
  }

  Seconds disconnectedFor(long at) {
    return since(disconnectedSince, at);
  }

  Seconds savedFor(long at) {
    Seconds seconds = since(saverSince, at);
    return saverUnwatched ? seconds.optional() : seconds;
  }

  private Seconds since(long since, long at) {
    return since < 0 ? Seconds.between(0, at - lifeSince) : Seconds.exactly(at - since);
  }
}
