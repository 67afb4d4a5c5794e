package io.sessionbridge.config.tree;

import io.sessionbridge.config.SecretText;

/** Formats a text from the file for a message: on one line, and short. */
public final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  /** The text itself, or in quotes if it is empty, has control characters or spaces at its ends. */
  public static String text(String text) {
    String masked = SecretText.maskedValue(text);
    String cut = masked.length() > LONGEST ? masked.substring(0, LONGEST) + "..." : masked;
    if (!cut.isEmpty()
        && cut.equals(cut.strip())
        && cut.chars().noneMatch(Character::isISOControl)) {
      return cut;
    }
    StringBuilder quoted = new StringBuilder("\"");
    cut.chars().forEach(c -> quoted.append(visible((char) c)));
    return quoted.append('"').toString();
  }

  private static String visible(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c);
    };
  }
}
