package io.sessionbridge.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562, section 5.5) in SessionBridge's own name space. */
final class NameUuid {

  private static final UUID NAME_SPACE = UUID.fromString("7b0d8b6e-6f0f-4c1e-9a53-2f8f4a0d9c11");

  private NameUuid() {}

  static UUID of(String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(NAME_SPACE.getMostSignificantBits())
              .putLong(NAME_SPACE.getLeastSignificantBits())
              .flip());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
      long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
