package io.sessionbridge.control;

import io.sessionbridge.spi.ControlPeer;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the clients that are connected. Users have so many together, and each of them so many,
 * that administrators always find room. Any thread.
 */
final class Seats {

  private final int all;
  private final int ofUsers;
  private final int ofOneUser;
  private final Map<String, Integer> taken = new HashMap<>();
  private int open;
  private int users;

  /**
   * Free seats.
   *
   * @param all the most connections at the same time, at least 4
   */
  Seats(int all) {
    this.all = all;
    this.ofUsers = all - all / 4;
    this.ofOneUser = all / 2;
  }

  /** Takes one for somebody who is not known yet; false if all are taken. */
  synchronized boolean enter() {
    if (open == all) {
      return false;
    }
    open++;
    return true;
  }

  /** Gives the name to one that {@link #enter} took; false if that user has enough. */
  synchronized boolean admit(ControlPeer peer) {
    int own = taken.getOrDefault(peer.user(), 0);
    if (own >= ofOneUser || !peer.administrator() && users >= ofUsers) {
      return false;
    }
    taken.put(peer.user(), own + 1);
    users += peer.administrator() ? 0 : 1;
    return true;
  }

  /** Gives back what {@link #admit} gave. */
  synchronized void leave(ControlPeer peer) {
    taken.computeIfPresent(peer.user(), (user, own) -> own == 1 ? null : own - 1);
    users -= peer.administrator() ? 0 : 1;
  }

  /** Gives back what {@link #enter} gave. */
  synchronized void leave() {
    open--;
  }

  synchronized int open() {
    return open;
  }
}
