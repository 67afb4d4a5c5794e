package io.sessionbridge.event;

/**
 * The one rule for characters that receivers cannot take, applied where a text becomes the value of
 * a field, so that no format meets one:
 *
 * <ul>
 *   <li>half of a surrogate pair, which Windows allows in names and UTF-8 does not: U+FFFD
 *   <li>a control character that is white space (tab, line feed and their like): a space
 *   <li>any other control character (NUL, ESC, DEL, C1): U+FFFD
 * </ul>
 */
final class WellFormed {

  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text without such characters; the same text if it has none, as nearly all. */
  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F && (c <= 0x9F || Character.isSurrogate(c))) {
        return repaired(text);
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(WellFormed::repaired).forEach(result::appendCodePoint);
    return result.toString();
  }

  private static int repaired(int point) {
    if (Character.isISOControl(point)) {
      return Character.isWhitespace(point) || point == 0x85 ? ' ' : REPLACEMENT;
    }
    return isHalf(point) ? REPLACEMENT : point;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
