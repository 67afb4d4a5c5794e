package io.sessionbridge.pattern;

/** A case-insensitive pattern where {@code *} stands for any text, including none. Immutable. */
final class TextPattern {

  /** The parts between the stars; a single one if there is no star. */
  private final String[] parts;

  TextPattern(String text) {
    this.parts = text.split("\\*", -1);
  }

  boolean matches(String value) {
    return matches(value, value.length());
  }

  /** Whether the first {@code length} characters of the value match. Allocates nothing. */
  boolean matches(String value, int length) {
    String first = parts[0];
    if (parts.length == 1) {
      return length == first.length() && isAt(first, value, 0);
    }
    String last = parts[parts.length - 1];
    int end = length - last.length();
    if (first.length() > end || !isAt(first, value, 0) || !isAt(last, value, end)) {
      return false;
    }
    int at = first.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = find(parts[i], value, at, end);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return true;
  }

  /** The first index of the part in this range; -1 if there is none. */
  private static int find(String part, String value, int from, int end) {
    for (int at = from; at <= end - part.length(); at++) {
      if (isAt(part, value, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isAt(String part, String value, int at) {
    return value.regionMatches(true, at, part, 0, part.length());
  }
}
