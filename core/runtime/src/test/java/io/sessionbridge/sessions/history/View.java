package io.sessionbridge.sessions.history;

import org.jspecify.annotations.Nullable;

/**
 * The true state of a session at one moment.
 *
 * @param stage how far its user is
 * @param shadowed whether somebody watches it
 */
record View(
    TrueSession session,
    Attachment attachment,
    Stage stage,
    boolean locked,
    boolean saver,
    boolean shadowed) {

  /** What a session is connected to. */
  enum Attachment {
    CONSOLE,
    REMOTE,
    NONE
  }

  /** Before, in and after the life of its user. */
  enum Stage {
    LOGON_SCREEN,
    LOGGED_ON,
    OVER
  }

  /** A session that was created just now. */
  static View of(TrueSession session) {
    return new View(session, Attachment.NONE, Stage.LOGON_SCREEN, false, false, false);
  }

  boolean loggedOn() {
    return stage == Stage.LOGGED_ON;
  }

  View attached(Attachment to) {
    return new View(session, to, stage, locked, saver, shadowed);
  }

  View withUser() {
    return new View(session, attachment, Stage.LOGGED_ON, false, false, shadowed);
  }

  View over() {
    return new View(session, attachment, Stage.OVER, false, false, false);
  }

  View locked(boolean now) {
    return new View(session, attachment, stage, now, saver, shadowed);
  }

  View saver(boolean now) {
    return new View(session, attachment, stage, locked, now, shadowed);
  }

  View shadowed(boolean now) {
    return new View(session, attachment, stage, locked, saver, now);
  }

  /** The user who is logged on; null at a logon screen. */
  @Nullable Person user() {
    return loggedOn() ? session.user() : null;
  }

  /** Whether its user can be at work. */
  boolean inUse() {
    return loggedOn() && connected() && !locked && !saver;
  }

  boolean connected() {
    return attachment != Attachment.NONE;
  }
}
