package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.file.Epoch;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cursor's state as its file has it, all big-endian: six numbers of 8 bytes (position, started
 * after, delivered, filtered, rejected, lost), what is owed if anything is, and the note.
 */
public final class CursorFormat {

  private static final int NUMBERS = 6 * Long.BYTES;

  /**
   * What is owed stands between the numbers and the note: these 8 bytes, then first and last
   * sequence, epoch and time. No note of an earlier version begins with them.
   */
  private static final long OWED_MAGIC = 0x5342_6F77_6564_0001L;

  private static final int OWED = 5 * Long.BYTES;

  private CursorFormat() {}

  public static byte[] encode(CursorState state) {
    Hole owed = state.owed();
    ByteBuffer out =
        ByteBuffer.allocate(NUMBERS + (owed == null ? 0 : OWED) + state.note().length)
            .putLong(state.position())
            .putLong(state.startedAfter())
            .putLong(state.delivered())
            .putLong(state.filtered())
            .putLong(state.rejected())
            .putLong(state.lost());
    if (owed != null) {
      out.putLong(OWED_MAGIC)
          .putLong(owed.first())
          .putLong(owed.last())
          .putLong(Epoch.parse(owed.epoch()))
          .putLong(owed.timeMicros());
    }
    return out.put(state.note()).array();
  }

  /** Reads what {@link #encode} wrote; empty if that is missing or too short. */
  public static Optional<CursorState> read(byte @Nullable [] value) {
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
    return new Hole(
        epoch, first, last, Hole.UNKNOWN_COUNT, CursorState.CURSOR_DAMAGED, in.getLong());
  }
}
