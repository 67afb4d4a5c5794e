package io.sessionbridge.journal;

import java.nio.ByteBuffer;

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
 */
public record CursorState(
    long position,
    long startedAfter,
    long delivered,
    long filtered,
    long rejected,
    long lost,
    byte[] note) {

  private static final int NUMBERS = 6 * Long.BYTES;

  static CursorState startingAfter(long position) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0]);
  }

  /** The same totals at another place with another note. */
  public CursorState at(long newPosition, byte[] newNote) {
    return new CursorState(newPosition, startedAfter, delivered, filtered, rejected, lost, newNote);
  }

  /** Passed sequences that no event ever had: their writing failed, and their source was told. */
  public long unused() {
    return position - startedAfter - delivered - filtered - rejected - lost;
  }

  byte[] encode() {
    return ByteBuffer.allocate(NUMBERS + note.length)
        .putLong(position)
        .putLong(startedAfter)
        .putLong(delivered)
        .putLong(filtered)
        .putLong(rejected)
        .putLong(lost)
        .put(note)
        .array();
  }

  static CursorState decode(byte[] value) throws JournalException {
    if (value.length < NUMBERS) {
      throw new JournalException(
          "expected a cursor of at least " + NUMBERS + " bytes, found " + value.length);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    byte[] note = new byte[value.length - NUMBERS];
    in.get(NUMBERS, note);
    return new CursorState(
        in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), note);
  }
}
