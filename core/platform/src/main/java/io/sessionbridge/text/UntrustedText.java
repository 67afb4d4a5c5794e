package io.sessionbridge.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to show. A peer, a file or a user name may hold a line feed that
 * forges a log line, an escape sequence that controls a terminal, a mark that reverses the reading
 * direction, or a hundred kilobytes.
 *
 * <p>{@link #part} is for what a peer said, where it enters a message. {@link #message} is for the
 * whole message; the constructors of {@code DeliveryException}, {@code DeliveryResult} and {@code
 * Health} call it, so that a sink that forgets {@code part} is still harmless. Both are idempotent.
 *
 * <p>Lengths are in {@code char}s. Text is cut between code points, never inside one.
 */
public final class UntrustedText {

  /** The longest text of {@link #part}. */
  public static final int LONGEST_PART = 500;

  /** The longest text of {@link #message}: one part and the agent's own words around it. */
  public static final int LONGEST_MESSAGE = 1_000;

  private static final String CUT = " [cut]";
  private static final int REPLACEMENT = 0xFFFD;

  private UntrustedText() {}

  /**
   * What somebody outside said, on one line.
   *
   * @param text null becomes {@code null} in letters, as in {@link String#valueOf(Object)}
   */
  public static String part(@Nullable String text) {
    return line(String.valueOf(text), LONGEST_PART);
  }

  /** A message that may hold text from outside, on one line. */
  public static String message(@Nullable String text) {
    return line(String.valueOf(text), LONGEST_MESSAGE);
  }

  /**
   * The text on one line.
   *
   * @param longest the length at most; a longer text ends in {@code [cut]}
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
   * A line of a format, for a terminal: what is unsafe becomes an escape of JSON. JSON has such
   * characters only within its texts, where the escape means the same; and it escapes control
   * characters below U+0020 itself, but neither DEL nor the C1 controls, which steer a terminal
   * too. A tab stays: it is harmless, JSON has none that is not escaped, and LEEF separates by it.
   *
   * @param utf8 one line without its end
   * @return the same array if it is safe already, as nearly every line is
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
   * Whether a code point may not be shown as it is: a control character (ESC, DEL and C1 included),
   * a separator of lines or paragraphs, an invisible mark that sets the reading direction (the
   * Bidi_Control property of Unicode), or half of a surrogate pair.
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
