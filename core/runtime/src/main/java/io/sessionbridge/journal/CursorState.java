package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader is and what became of what it passed.
 *
 * @param position the last sequence it has passed
 * @param startedAfter where it began; {@code position - startedAfter} is the sum of the totals and
 *     of {@link #unused}
 * @param delivered passed because it arrived
 * @param filtered passed because it was not wanted
 * @param rejected passed because it was refused for good
 * @param lost passed because the journal no longer had it
 * @param note opaque bytes that move with the position; at most 16,000
 * @param owed what its reader has to be told before anything else, because an earlier cursor was
 *     damaged; null if there is nothing. It ends at the position, and the first move settles it.
 */
public record CursorState(
    long position,
    long startedAfter,
    long delivered,
    long filtered,
    long rejected,
    long lost,
    byte[] note,
    @Nullable Hole owed) {

  /** The reason of a hole that is owed. */
  public static final String CURSOR_DAMAGED = "cursor_damaged";

  /** The most bytes of a note. */
  public static final int LONGEST_NOTE = 16_000;

  /** A state that owes nothing. */
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

  /** One that has passed nothing yet. */
  public static CursorState startingAfter(long position) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0]);
  }

  /** A new beginning, in place of a cursor that is lost. */
  public static CursorState startingAfter(long position, @Nullable Hole owed) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0], owed);
  }

  /** The same totals at another place with another note. */
  public CursorState at(long newPosition, byte[] newNote) {
    return new CursorState(newPosition, startedAfter, delivered, filtered, rejected, lost, newNote);
  }

  /** Passed sequences that no event ever had: their writing failed, and their source was told. */
  public long unused() {
    return position - startedAfter - delivered - filtered - rejected - lost;
  }
}
