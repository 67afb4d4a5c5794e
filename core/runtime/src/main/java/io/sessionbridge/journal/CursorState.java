package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import org.jspecify.annotations.Nullable;

/**
 * A reader's position, and totals of what it has passed.
 *
 * @param position the last sequence it has passed
 * @param startedAfter its initial position; {@code position - startedAfter} is the sum of the
 *     totals and of {@link #unused}
 * @param delivered records that the peer accepted
 * @param filtered records left out by the selection
 * @param rejected records that became dead letters
 * @param lost records that the journal no longer had
 * @param note opaque bytes stored with the position; at most 16,000
 * @param pendingHole the hole to read first, because an earlier cursor was damaged; null if there
 *     is none. It ends at the position, and the first move settles it.
 */
public record CursorState(
    long position,
    long startedAfter,
    long delivered,
    long filtered,
    long rejected,
    long lost,
    byte[] note,
    @Nullable Hole pendingHole) {

  /** The reason of a pending hole. */
  public static final String CURSOR_DAMAGED = "cursor_damaged";

  /** The maximum size of a note. */
  public static final int MAX_NOTE_BYTES = 16_000;

  /** A state without a pending hole. */
  public CursorState(
      long position,
      long startedAfter,
      long delivered,
      long filtered,
      long rejected,
      long lost,
      byte[] note) {
    this(position, startedAfter, delivered, filtered, rejected, lost, note, null);
  }

  /** A state that has passed no records yet. */
  public static CursorState startingAfter(long position) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0]);
  }

  /** The initial state of a cursor that replaces a lost one. */
  public static CursorState startingAfter(long position, @Nullable Hole pendingHole) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0], pendingHole);
  }

  /** The same totals with another position and note. */
  public CursorState at(long newPosition, byte[] newNote) {
    return new CursorState(newPosition, startedAfter, delivered, filtered, rejected, lost, newNote);
  }

  /** Passed sequences without a record: the write failed, and the emitter got an exception. */
  public long unused() {
    return position - startedAfter - delivered - filtered - rejected - lost;
  }
}
