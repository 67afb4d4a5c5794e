package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.session.decode.WindowsTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Encodes and decodes the structures of {@code sessionbridge.h}, little-endian. */
final class DriverImages {

  static final int VERSION_BYTES = 16;
  static final int STATISTICS_BYTES = 64;
  static final int ATTACH_BYTES = 24;
  static final int RECORD_BYTES = 64;

  private static final int NO_SESSION = 0xFFFFFFFF;
  private static final int FLAG_LOCAL_KNOWN = 0x2;
  private static final int FLAG_LOCAL = 0x4;
  private static final long UNITS_PER_MILLI = 10_000;

  private DriverImages() {}

  /** {@code SB_VERSION}. */
  static DriverVersion version(byte[] image) throws ImageException {
    require("the version", image.length, VERSION_BYTES);
    ByteBuffer bytes = bytes(image);
    DriverVersion version = new DriverVersion(bytes.getInt(0), bytes.getInt(4));
    if (version.oldest() < 1 || version.newest() < version.oldest()) {
      throw new ImageException(
          "versions " + version.oldest() + " to " + version.newest() + " are invalid");
    }
    return version;
  }

  /** {@code SB_STATISTICS}. */
  static DriverStatistics statistics(byte[] image) throws ImageException {
    require("the statistics", image.length, STATISTICS_BYTES);
    ByteBuffer bytes = bytes(image);
    return new DriverStatistics(
        bytes.getLong(8),
        bytes.getLong(16),
        bytes.getLong(24),
        bytes.getLong(32),
        Integer.toUnsignedLong(bytes.getInt(40)),
        Integer.toUnsignedLong(bytes.getInt(44)),
        Integer.toUnsignedLong(bytes.getInt(48)),
        bytes.getInt(52) != 0,
        bytes.getInt(56),
        bytes.getInt(60) != 0);
  }

  /** {@code SB_ATTACH}. */
  static byte[] attach(DriverPosition after) {
    byte[] image = new byte[ATTACH_BYTES];
    ByteBuffer bytes = bytes(image);
    bytes.putInt(DriverVersion.OWN).putInt(ATTACH_BYTES);
    bytes.putLong(after.bootId()).putLong(after.sequence());
    return image;
  }

  /** A sequence of {@code SB_RECORD}; those of later versions may be longer. */
  static List<DriverRecord> records(byte[] image) throws ImageException {
    ByteBuffer bytes = bytes(image);
    List<DriverRecord> records = new ArrayList<>(image.length / RECORD_BYTES);
    while (bytes.hasRemaining()) {
      require("a record", bytes.remaining(), RECORD_BYTES);
      int size = bytes.getInt(bytes.position() + 4);
      if (size < RECORD_BYTES || size > bytes.remaining()) {
        throw new ImageException(
            "expected a record of "
                + RECORD_BYTES
                + " to "
                + bytes.remaining()
                + " bytes, found "
                + size);
      }
      records.add(record(bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN)));
      bytes.position(bytes.position() + size);
    }
    return records;
  }

  private static DriverRecord record(ByteBuffer bytes) throws ImageException {
    long bootId = bytes.getLong(8);
    long sequence = bytes.getLong(16);
    if (bootId == 0 || sequence <= 0) {
      throw new ImageException("a record has number " + sequence + " of boot " + bootId);
    }
    int session = bytes.getInt(52);
    int flags = bytes.getInt(60);
    return new DriverRecord(
        bootId,
        sequence,
        WindowsTime.of(bytes.getLong(24)),
        Long.divideUnsigned(bytes.getLong(32), UNITS_PER_MILLI),
        bytes.getLong(40),
        bytes.getInt(48),
        session == NO_SESSION
            ? OptionalLong.empty()
            : OptionalLong.of(Integer.toUnsignedLong(session)),
        bytes.getInt(56),
        (flags & FLAG_LOCAL_KNOWN) == 0
            ? Optional.empty()
            : Optional.of((flags & FLAG_LOCAL) != 0));
  }

  private static ByteBuffer bytes(byte[] image) {
    return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void require(String what, int found, int expected) throws ImageException {
    if (found < expected) {
      throw new ImageException("expected " + expected + " bytes for " + what + ", found " + found);
    }
  }
}
