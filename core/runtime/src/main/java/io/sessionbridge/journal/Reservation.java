package io.sessionbridge.journal;

import io.sessionbridge.journal.retention.Shortage;
import io.sessionbridge.journal.write.Group;
import java.util.List;

/**
 * A group of records with its room in the journal. {@link Journal#append(Reservation)} uses it up;
 * closing one that was not appended gives its room back. Safe for use by several threads.
 */
public final class Reservation implements AutoCloseable {

  private final List<Entry> entries;
  private final long bytes;
  private final boolean bounded;
  private final Shortage shortage;
  private final Runnable giveBack;
  private boolean open = true;

  /**
   * Made under the lock of the queue where room was reserved.
   *
   * @param entries the group; empty if it is not known yet
   * @param bytes that the records take in a segment
   * @param giveBack gives the room back; called at most once
   */
  public Reservation(List<Entry> entries, long bytes, Shortage shortage, Runnable giveBack) {
    this(entries, bytes, true, shortage, giveBack);
  }

  private Reservation(
      List<Entry> entries, long bytes, boolean bounded, Shortage shortage, Runnable giveBack) {
    this.entries = List.copyOf(entries);
    this.bytes = bytes;
    this.bounded = bounded;
    this.shortage = shortage;
    this.giveBack = giveBack;
  }

  /** A group for which nothing is reserved. */
  public static Reservation none(List<Entry> entries, Shortage shortage) {
    return new Reservation(entries, Group.bytesOf(entries), false, shortage, () -> {});
  }

  /** Whether a group may take its place: one that is not too large for what is reserved. */
  public boolean covers(List<Entry> group) {
    return !bounded || Group.bytesOf(group) <= bytes;
  }

  public List<Entry> entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  public Shortage shortage() {
    return shortage;
  }

  /**
   * Ends the reservation, because the group takes its place.
   *
   * @throws IllegalStateException if it is used up or given back
   */
  public void use() {
    synchronized (this) {
      if (!open) {
        throw new IllegalStateException("a reservation is appended once, and not after its end");
      }
      open = false;
    }
    giveBack.run();
  }

  /** Gives back what was not used. */
  @Override
  public void close() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    giveBack.run();
  }
}
