package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.file.Epoch;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a cursor in its file, all big-endian: six numbers of 8 bytes (position, started
 * after, delivered, filtered, rejected, lost), the pending hole if there is one, and the note.
 */
public final class CursorFormat {

  private static final int NUMBERS = 6 * Long.BYTES;

  /**
   * A pending hole is stored between the numbers and the note: these 8 bytes, then first and last
   * sequence, epoch and time. No note of an earlier version starts with these bytes.
   */
  private static final long HOLE_MAGIC = 0x5342_6F77_6564_0001L;

  private static final int HOLE_BYTES = 5 * Long.BYTES;

  private CursorFormat() {}

  public static byte[] encode(CursorState state) {
    Hole pendingHole = state.pendingHole();
    ByteBuffer out =
        ByteBuffer.allocate(NUMBERS + (pendingHole == null ? 0 : HOLE_BYTES) + state.note().length)
            .putLong(state.position())
            .putLong(state.startedAfter())
            .putLong(state.delivered())
            .putLong(state.filtered())
            .putLong(state.rejected())
            .putLong(state.lost());
    if (pendingHole != null) {
      out.putLong(HOLE_MAGIC)
          .putLong(pendingHole.first())
          .putLong(pendingHole.last())
          .putLong(Epoch.parse(pendingHole.epoch()))
          .putLong(pendingHole.timeMicros());
    }
    return out.put(state.note()).array();
  }

  /** Decodes the bytes of {@link #encode}; empty if they are missing or too short. */
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
    Hole pendingHole = readPendingHole(in);
    byte[] note = new byte[in.remaining()];
    in.get(note);
    return new CursorState(
        position, startedAfter, delivered, filtered, rejected, lost, note, pendingHole);
  }

  private static @Nullable Hole readPendingHole(ByteBuffer in) {
    if (in.remaining() < HOLE_BYTES || in.getLong(in.position()) != HOLE_MAGIC) {
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
