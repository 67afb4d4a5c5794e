package io.sessionbridge.journal;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A random number that names one run of the journal, as 16 hexadecimal digits. */
final class Epoch {

  private Epoch() {}

  static long random() {
    return new SecureRandom().nextLong();
  }

  static String text(long epoch) {
    return HexFormat.of().toHexDigits(epoch);
  }

  static long parse(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
