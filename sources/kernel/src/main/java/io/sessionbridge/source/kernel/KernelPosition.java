package io.sessionbridge.source.kernel;

import io.sessionbridge.windows.driver.DriverPosition;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How far this source has read, and the session state needed to interpret later records.
 *
 * <pre>
 *   0  version, 1     1  boot id     9  sequence     17  one entry per session:
 *   0  session id (4) 4  1 console, 0 remote
 * </pre>
 *
 * @param read position of the last record read
 * @param sides side of each connected session
 */
record KernelPosition(DriverPosition read, SessionSides sides) {

  private static final byte VERSION = 1;
  private static final int HEAD = 17;
  private static final int ENTRY = 5;

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + ENTRY * sides.size());
    bytes.put(VERSION).putLong(read.bootId()).putLong(read.sequence());
    sides.forEach((session, local) -> bytes.putInt(session.intValue()).put((byte) (local ? 1 : 0)));
    return bytes.array();
  }

  /** Returns empty if the bytes are damaged or of another version. */
  static Optional<KernelPosition> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD || (bytes.length - HEAD) % ENTRY != 0 || in.get() != VERSION) {
      return Optional.empty();
    }
    DriverPosition read = new DriverPosition(in.getLong(), in.getLong());
    if (read.bootId() == 0 || read.sequence() <= 0) {
      return Optional.empty();
    }
    SessionSides sides = new SessionSides();
    while (in.hasRemaining()) {
      sides.connected(Integer.toUnsignedLong(in.getInt()), in.get() != 0);
    }
    return Optional.of(new KernelPosition(read, sides));
  }
}
