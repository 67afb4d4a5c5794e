package io.sessionbridge.sink.syslog;

import java.net.IDN;
import org.jspecify.annotations.Nullable;

/**
 * Fits text into the header of RFC 5424, section 6: PRINTUSASCII of a limited length, or a dash.
 */
final class HeaderText {

  /** What stands where nothing is known. */
  static final String NIL = "-";

  private static final int HOST_NAME = 255;
  private static final int PROCESS_ID = 128;
  private static final int MESSAGE_ID = 32;

  private HeaderText() {}

  /** A host's name; one with umlauts becomes what the name service knows it by. */
  static String hostName(@Nullable String name) {
    return printable(name == null ? "" : ascii(name), HOST_NAME);
  }

  static String processId(String text) {
    return printable(text, PROCESS_ID);
  }

  static String messageId(String text) {
    return printable(text, MESSAGE_ID);
  }

  private static String ascii(String name) {
    if (name.chars().allMatch(c -> c < 128)) {
      return name;
    }
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return name; // no host name at all; printable() makes the best of it
    }
  }

  private static String printable(String text, int most) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length() && printable.length() < most; i++) {
      char c = text.charAt(i);
      printable.append(c > ' ' && c < 127 ? c : '_');
    }
    return printable.length() == 0 ? NIL : printable.toString();
  }
}
