package io.sessionbridge.control;

import io.sessionbridge.spi.ControlPeer;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the connections: in total, for all ordinary users together, and for each user. Some are
 * always left for administrators. Any thread.
 */
final class ConnectionSlots {

  private final int limit;
  private final int limitOfUsers;
  private final int limitPerUser;
  private final Map<String, Integer> taken = new HashMap<>();
  private int open;
  private int users;

  /**
   * All slots are free.
   *
   * @param limit the most connections at the same time, at least 4
   */
  ConnectionSlots(int limit) {
    this.limit = limit;
    this.limitOfUsers = limit - limit / 4;
    this.limitPerUser = limit / 2;
  }

  /** Takes a slot for a client that is not identified yet; false if all are taken. */
  synchronized boolean acquire() {
    if (open == limit) {
      return false;
    }
    open++;
    return true;
  }

  /** Assigns a slot that {@link #acquire} took to a user; false if that user is at a limit. */
  synchronized boolean assign(ControlPeer peer) {
    int own = taken.getOrDefault(peer.user(), 0);
    if (own >= limitPerUser || !peer.administrator() && users >= limitOfUsers) {
      return false;
    }
    taken.put(peer.user(), own + 1);
    users += peer.administrator() ? 0 : 1;
    return true;
  }

  /** Reverses {@link #assign}. */
  synchronized void release(ControlPeer peer) {
    taken.computeIfPresent(peer.user(), (user, own) -> own == 1 ? null : own - 1);
    users -= peer.administrator() ? 0 : 1;
  }

  /** Reverses {@link #acquire}. */
  synchronized void release() {
    open--;
  }

  synchronized int open() {
    return open;
  }
}
