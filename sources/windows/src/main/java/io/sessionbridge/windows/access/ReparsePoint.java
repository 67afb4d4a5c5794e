package io.sessionbridge.windows.access;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The target of a symbolic link or a junction.
 *
 * @param name a Windows path, for instance {@code C:\jdk-17}; it may be relative to the link's
 *     folder
 */
record ReparsePoint(String name) {

  // winnt.h
  private static final int IO_REPARSE_TAG_SYMLINK = 0xA000_000C;
  private static final int IO_REPARSE_TAG_MOUNT_POINT = 0xA000_0003;

  // REPARSE_DATA_BUFFER of ntifs.h; a symbolic link has flags before its names
  private static final int NAME_OFFSET = 8;
  private static final int NAME_LENGTH = 10;
  private static final int NAMES_OF_MOUNT_POINT = 16;
  private static final int NAMES_OF_SYMLINK = 20;

  private static final String OF_OBJECT_MANAGER = "\\??\\";
  private static final String SHARE = "UNC\\";

  /**
   * Decodes what {@code FSCTL_GET_REPARSE_POINT} returns.
   *
   * @return empty if it is not a link, or leads to a volume without a drive letter
   * @throws IllegalArgumentException if its lengths exceed the data
   */
  static Optional<ReparsePoint> parse(byte[] bytes) {
    if (bytes.length < NAMES_OF_MOUNT_POINT) {
      throw new IllegalArgumentException("a reparse point of " + bytes.length + " bytes");
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int tag = data.getInt(0);
    if (tag != IO_REPARSE_TAG_SYMLINK && tag != IO_REPARSE_TAG_MOUNT_POINT) {
      return Optional.empty();
    }
    int names = tag == IO_REPARSE_TAG_SYMLINK ? NAMES_OF_SYMLINK : NAMES_OF_MOUNT_POINT;
    int from = names + Short.toUnsignedInt(data.getShort(NAME_OFFSET));
    int length = Short.toUnsignedInt(data.getShort(NAME_LENGTH));
    if (from + length > bytes.length) {
      throw new IllegalArgumentException(
          "a name up to byte " + (from + length) + " of a reparse point of " + bytes.length);
    }
    return path(new String(bytes, from, length, UTF_16LE)).map(ReparsePoint::new);
  }

  private static Optional<String> path(String name) {
    if (!name.startsWith(OF_OBJECT_MANAGER)) {
      return Optional.of(name);
    }
    String path = name.substring(OF_OBJECT_MANAGER.length());
    if (path.startsWith(SHARE)) {
      return Optional.of("\\\\" + path.substring(SHARE.length()));
    }
    boolean hasDrive = path.length() >= 2 && path.charAt(1) == ':';
    return hasDrive ? Optional.of(path) : Optional.empty();
  }
}
