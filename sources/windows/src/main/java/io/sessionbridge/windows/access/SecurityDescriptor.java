package io.sessionbridge.windows.access;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The owner and access list of a file.
 *
 * @param owner its SID; empty if there is none
 * @param entries the discretionary access list; empty if there is none, which grants everyone full
 *     access
 */
record SecurityDescriptor(Optional<String> owner, Optional<List<AccessEntry>> entries) {

  private static final String EVERYONE = "S-1-1-0";

  /**
   * The system, administrators, TrustedInstaller, and two placeholders: CREATOR OWNER grants
   * nothing on the object itself, OWNER RIGHTS only limits the owner.
   */
  private static final Set<String> TRUSTED =
      Set.of(
          "S-1-5-18",
          "S-1-5-32-544",
          "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
          "S-1-3-0",
          "S-1-3-4");

  private static final int DACL_PRESENT = 0x4;

  SecurityDescriptor {
    entries = entries.map(List::copyOf);
  }

  /**
   * Accounts other than the system and its administrators that have one of these rights. The owner
   * is included, who can grant himself any right; denials are ignored.
   */
  Set<String> others(int rights) {
    Set<String> others = new TreeSet<>();
    others.add(owner.orElse(EVERYONE));
    if (entries.isEmpty()) {
      others.add(EVERYONE);
    }
    entries.stream()
        .flatMap(List::stream)
        .filter(entry -> entry.grants() && entry.hasAny(rights))
        .forEach(entry -> others.add(entry.sid()));
    others.removeAll(TRUSTED);
    return others;
  }

  /**
   * Reads {@code SECURITY_DESCRIPTOR_RELATIVE} of {@code winnt.h}: revision, a byte of zero, 16
   * bits of control, and the 32-bit offsets of owner, group, audit list and access list, 0 for
   * none.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static SecurityDescriptor parse(byte[] relative) {
    ByteBuffer bytes = ByteBuffer.wrap(relative).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int control = bytes.getShort(2);
      int owner = bytes.getInt(4);
      int list = bytes.getInt(16);
      return new SecurityDescriptor(
          owner == 0 ? Optional.empty() : Optional.of(sid(bytes, owner)),
          (control & DACL_PRESENT) == 0 || list == 0
              ? Optional.empty()
              : Optional.of(entries(bytes, list)));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "a security descriptor of " + relative.length + " bytes ends too early", e);
    }
  }

  /** {@code ACL}: revision, zero, size, count, zero; then that many entries, each with its size. */
  private static List<AccessEntry> entries(ByteBuffer bytes, int list) {
    List<AccessEntry> entries = new ArrayList<>();
    int count = Short.toUnsignedInt(bytes.getShort(list + 4));
    int at = list + 8;
    for (int i = 0; i < count; i++) {
      int type = Byte.toUnsignedInt(bytes.get(at));
      int flags = Byte.toUnsignedInt(bytes.get(at + 1));
      boolean plain =
          type == AccessEntry.ALLOWED
              || type == AccessEntry.DENIED
              || type == AccessEntry.ALLOWED_CALLBACK;
      String sid = plain ? sid(bytes, at + 8) : AccessEntry.UNKNOWN_SID;
      entries.add(new AccessEntry(type, flags, bytes.getInt(at + 4), sid));
      at += Short.toUnsignedInt(bytes.getShort(at + 2));
    }
    return entries;
  }

  /** {@code SID}: revision, count, a 48-bit big-endian authority, and that many 32-bit numbers. */
  private static String sid(ByteBuffer bytes, int at) {
    int count = Byte.toUnsignedInt(bytes.get(at + 1));
    long authority = 0;
    for (int i = 2; i < 8; i++) {
      authority = authority << 8 | Byte.toUnsignedInt(bytes.get(at + i));
    }
    StringBuilder text = new StringBuilder("S-" + bytes.get(at) + "-" + authority);
    for (int i = 0; i < count; i++) {
      text.append('-').append(Integer.toUnsignedLong(bytes.getInt(at + 8 + 4 * i)));
    }
    return text.toString();
  }
}
