package io.sessionbridge.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes untrusted text safe to show. Text from a peer, a file or a user name may contain a line
 * feed that forges a log line, an escape sequence that controls a terminal, a mark that reverses
 * the text direction, or a hundred kilobytes.
 *
 * <p>{@link #part} sanitizes untrusted text inside a message. {@link #message} sanitizes the whole
 * message; the constructors of {@code DeliveryException}, {@code DeliveryResult} and {@code Health}
 * call it, so that a sink that omits {@code part} is still safe. Both are idempotent.
 *
 * <p>Lengths are in {@code char}s. Text is truncated between code points.
 */
public final class UntrustedText {

  /** The maximum length of {@link #part}. */
  public static final int LONGEST_PART = 500;

  /** The maximum length of {@link #message}: one part and the text of the agent around it. */
  public static final int LONGEST_MESSAGE = 1_000;

  private static final String CUT = " [cut]";
  private static final int REPLACEMENT = 0xFFFD;

  private UntrustedText() {}

  /**
   * Untrusted text, on one line.
   *
   * @param text null becomes {@code "null"}, as in {@link String#valueOf(Object)}
   */
  public static String part(@Nullable String text) {
    return line(String.valueOf(text), LONGEST_PART);
  }

  /** A message that may contain untrusted text, on one line. */
  public static String message(@Nullable String text) {
    return line(String.valueOf(text), LONGEST_MESSAGE);
  }

  /**
   * The text on one line.
   *
   * @param longest the maximum length; a longer text is truncated and ends in {@code [cut]}
   */
  public static String line(String text, int longest) {
    String cut = cut(text, longest);
    return cut.codePoints().anyMatch(UntrustedText::isUnsafe) ? cleaned(cut) : cut;
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - CUT.length();
    boolean inside = Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
    return text.substring(0, inside ? end - 1 : end) + CUT;
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isUnsafe(point) ? replacement(point) : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int replacement(int point) {
    return Character.isWhitespace(point) || point == 0x85 ? ' ' : REPLACEMENT;
  }

  /**
   * A formatted line, for a terminal: unsafe characters become JSON escapes. In JSON they occur
   * only inside strings, where the escape is equivalent. JSON escapes control characters below
   * U+0020 itself, but neither DEL nor the C1 controls, which also control terminals. A tab stays:
   * it is harmless, JSON always escapes it, and LEEF uses it as a separator.
   *
   * @param utf8 one line without its line end
   * @return the same array if it is safe, as nearly every line is
   */
  public static byte[] escaped(byte[] utf8) {
    String text = new String(utf8, UTF_8);
    if (text.codePoints().noneMatch(UntrustedText::isUnsafeInLine)) {
      return utf8;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> appendEscaped(point, safe));
    return safe.toString().getBytes(UTF_8);
  }

  private static boolean isUnsafeInLine(int point) {
    return point != '\t' && isUnsafe(point);
  }

  private static void appendEscaped(int point, StringBuilder to) {
    if (isUnsafeInLine(point)) {
      to.append(String.format(Locale.ROOT, "\\u%04X", point));
      return;
    }
    to.appendCodePoint(point);
  }

  /**
   * Whether a code point is unsafe to show: a control character (including ESC, DEL and C1), a line
   * or paragraph separator, an invisible mark that sets the text direction (the Bidi_Control
   * property of Unicode), or an unpaired surrogate.
   */
  public static boolean isUnsafe(int point) {
    if (point < 0x7F) {
      return point < ' ';
    }
    return point <= 0x9F
        || point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || point >= 0x2028 && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069
        || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
