package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts the snake case names of kinds and fields to the spelling of a format. */
final class Names {

  private Names() {}

  /** The user's name, or else the UPN; null if both are unknown. */
  static @Nullable String user(EventData data) {
    return data.find(Field.USER_NAME).or(() -> data.find(Field.USER_UPN)).orElse(null);
  }

  /** {@code remote_connect} becomes {@code Remote Connect}. */
  static String title(String snake) {
    return capitalized(snake, " ");
  }

  /**
   * {@code last_locked_seconds} becomes {@code LastLockedSeconds}. A field of a later version may
   * have any name; characters other than ASCII letters and digits are dropped.
   */
  static String pascal(String snake) {
    String name = capitalized(snake, "");
    StringBuilder pascal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (isLetterOrDigit(name.charAt(i))) {
        pascal.append(name.charAt(i));
      }
    }
    return pascal.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  /** {@code last_locked_seconds} becomes {@code lastLockedSeconds}. */
  static String camel(String snake) {
    String pascal = pascal(snake);
    return pascal.isEmpty()
        ? pascal
        : pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
  }

  private static String capitalized(String snake, String between) {
    StringBuilder name = new StringBuilder(snake.length());
    for (String word : snake.split("_", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      name.append(name.isEmpty() ? "" : between);
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }
}
