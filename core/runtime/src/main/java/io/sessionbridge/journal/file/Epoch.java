package io.sessionbridge.journal.file;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A random number that identifies one run of the journal, as 16 hexadecimal digits. */
public final class Epoch {

  private Epoch() {}

  public static long random() {
    return new SecureRandom().nextLong();
  }

  public static String text(long epoch) {
    return HexFormat.of().toHexDigits(epoch);
  }

  public static long parse(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
