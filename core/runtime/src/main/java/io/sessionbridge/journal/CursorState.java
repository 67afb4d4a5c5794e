package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import java.nio.ByteBuffer;
import java.util.Optional;
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
  static final String CURSOR_DAMAGED = "cursor_damaged";

  /** The most bytes of a note. */
  public static final int LONGEST_NOTE = 16_000;

  private static final int NUMBERS = 6 * Long.BYTES;

  /**
   * What is owed stands between the numbers and the note: these 8 bytes, then first and last
   * sequence, epoch and time. No note of an earlier version begins with them.
   */
  private static final long OWED_MAGIC = 0x5342_6F77_6564_0001L;

  private static final int OWED = 5 * Long.BYTES;

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

  static CursorState startingAfter(long position) {
    return new CursorState(position, position, 0, 0, 0, 0, new byte[0]);
  }

  /** A new beginning, in place of a cursor that is lost. */
  static CursorState startingAfter(long position, @Nullable Hole owed) {
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

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(NUMBERS + (owed == null ? 0 : OWED) + note.length)
            .putLong(position)
            .putLong(startedAfter)
            .putLong(delivered)
            .putLong(filtered)
            .putLong(rejected)
            .putLong(lost);
    if (owed != null) {
      out.putLong(OWED_MAGIC)
          .putLong(owed.first())
          .putLong(owed.last())
          .putLong(Epoch.parse(owed.epoch()))
          .putLong(owed.timeMicros());
    }
    return out.put(note).array();
  }

  /** Reads what {@link #encode} wrote; empty if that is missing or too short. */
  static Optional<CursorState> read(byte @Nullable [] value) {
    return value == null || value.length < NUMBERS ? Optional.empty() : Optional.of(decode(value));
  }

  private static CursorState decode(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    long position = in.getLong();
    long startedAfter = in.getLong();
    long delivered = in.getLong();
    long filtered = in.getLong();
    long rejected = in.getLong();
    long lost = in.getLong();
    Hole owed = readOwed(in);
    byte[] note = new byte[in.remaining()];
    in.get(note);
    return new CursorState(position, startedAfter, delivered, filtered, rejected, lost, note, owed);
  }

  private static @Nullable Hole readOwed(ByteBuffer in) {
    if (in.remaining() < OWED || in.getLong(in.position()) != OWED_MAGIC) {
      return null;
    }
    in.getLong();
    long first = in.getLong();
    long last = in.getLong();
    String epoch = Epoch.text(in.getLong());
    return new Hole(epoch, first, last, Hole.UNKNOWN_COUNT, CURSOR_DAMAGED, in.getLong());
  }
}
