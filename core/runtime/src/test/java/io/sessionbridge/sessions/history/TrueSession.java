package io.sessionbridge.sessions.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session from its creation to its end, and at most one user's life in it. Its id is used again
 * by others; its serial is not.
 */
final class TrueSession {

  private final int serial;
  private final long id;
  private final int boot;
  private final boolean temporary;
  private final List<Long> luids = new ArrayList<>();
  private @Nullable Person user;
  private Instant logonTime = Instant.EPOCH;

  /**
   * Makes one without a user.
   *
   * @param temporary whether it exists only while a client signs in to another session
   */
  TrueSession(int serial, long id, int boot, boolean temporary) {
    this.serial = serial;
    this.id = id;
    this.boot = boot;
    this.temporary = temporary;
  }

  int serial() {
    return serial;
  }

  long id() {
    return id;
  }

  /** Of which start of the machine it is. */
  int boot() {
    return boot;
  }

  boolean temporary() {
    return temporary;
  }

  /** Begins the life. */
  void logOn(Person who, Instant wallTime, long luid) {
    user = who;
    logonTime = wallTime;
    luids.add(luid);
    luids.add(luid + 0x21); // an administrator's second token
  }

  /** An unlock or a reconnect adds a logon session. */
  void addLuid(long luid) {
    luids.add(luid);
  }

  /** Who was ever logged on; null for a logon screen. */
  @Nullable Person user() {
    return user;
  }

  Instant logonTime() {
    return logonTime;
  }

  List<Long> luids() {
    return luids;
  }

  @Override
  public String toString() {
    return "s" + serial + "(id " + id + (user == null ? "" : " " + user) + ")";
  }
}
