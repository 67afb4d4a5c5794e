package io.sessionbridge.journal;

import io.sessionbridge.journal.retention.Shortage;
import io.sessionbridge.journal.write.Group;
import java.util.List;

/**
 * Reserved room in the journal for a group of records. {@link Journal#append(Reservation)} uses it
 * up; closing an unused one releases the room. Thread-safe.
 */
public final class Reservation implements AutoCloseable {

  private final List<Entry> entries;
  private final long bytes;
  private final boolean bounded;
  private final Shortage shortage;
  private final Runnable release;
  private boolean open = true;

  /**
   * Creates a reservation, under the lock of the queue that reserved the room.
   *
   * @param entries the group; empty if it is not known yet
   * @param bytes that the records need in a segment
   * @param release releases the room; called at most once
   */
  public Reservation(List<Entry> entries, long bytes, Shortage shortage, Runnable release) {
    this(entries, bytes, true, shortage, release);
  }

  private Reservation(
      List<Entry> entries, long bytes, boolean bounded, Shortage shortage, Runnable release) {
    this.entries = List.copyOf(entries);
    this.bytes = bytes;
    this.bounded = bounded;
    this.shortage = shortage;
    this.release = release;
  }

  /** A group without reserved room. */
  public static Reservation none(List<Entry> entries, Shortage shortage) {
    return new Reservation(entries, Group.bytesOf(entries), false, shortage, () -> {});
  }

  /** Whether a group fits into the reserved room. */
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
   * Ends the reservation when the group is appended.
   *
   * @throws IllegalStateException if it is used or closed
   */
  public void use() {
    synchronized (this) {
      if (!open) {
        throw new IllegalStateException(
            "a reservation can be used only once, and not after it is closed");
      }
      open = false;
    }
    release.run();
  }

  /** Releases the room unless it was used. */
  @Override
  public void close() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    release.run();
  }
}
