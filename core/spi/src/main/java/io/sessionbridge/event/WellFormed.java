package io.sessionbridge.event;

/**
 * Replaces characters that receivers do not accept. Applied when text becomes the value of a field,
 * so that no format has to handle them:
 *
 * <ul>
 *   <li>an unpaired surrogate, which Windows allows in names and UTF-8 does not: U+FFFD
 *   <li>a control character that is white space (tab, line feed and similar): a space
 *   <li>any other control character (NUL, ESC, DEL, C1): U+FFFD
 * </ul>
 */
final class WellFormed {

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** Returns the text with these characters replaced; the same object if there are none. */
  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F && (c <= 0x9F || Character.isSurrogate(c))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(WellFormed::replaced).forEach(result::appendCodePoint);
    return result.toString();
  }

  private static int replaced(int point) {
    if (Character.isISOControl(point)) {
      return Character.isWhitespace(point) || point == 0x85 ? ' ' : REPLACEMENT;
    }
    return isUnpairedSurrogate(point) ? REPLACEMENT : point;
  }

  private static boolean isUnpairedSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
