package io.sessionbridge.sink.syslog;

import java.net.IDN;

/**
 * Converts text for the header of RFC 5424, section 6: PRINTUSASCII of a limited length, or a dash.
 */
final class HeaderText {

  /** The value of an unknown field. */
  static final String NIL = "-";

  private static final int HOST_NAME = 255;
  private static final int PROCESS_ID = 128;
  private static final int MESSAGE_ID = 32;

  private HeaderText() {}

  /** Converts a host name; a non-ASCII name becomes its IDNA form. The dash if it is empty. */
  static String hostName(String name) {
    return printable(isAscii(name) ? name : toAscii(name), HOST_NAME);
  }

  static String processId(String text) {
    return printable(text, PROCESS_ID);
  }

  static String messageId(String text) {
    return printable(text, MESSAGE_ID);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  private static String toAscii(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return name; // not a valid host name; printable() replaces the rest
    }
  }

  private static String printable(String text, int most) {
    if (text.isEmpty()) {
      return NIL;
    }
    return text.length() <= most && isPrintable(text) ? text : madePrintable(text, most);
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(char c) {
    return c > ' ' && c < 127;
  }

  private static String madePrintable(String text, int most) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), most));
    for (int i = 0; i < text.length() && printable.length() < most; i++) {
      char c = text.charAt(i);
      printable.append(isPrintable(c) ? c : '_');
    }
    return printable.toString();
  }
}
