package io.sessionbridge.format.siem;

import io.sessionbridge.text.UntrustedText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the extension of a CEF message: {@code key=value} pairs separated by spaces. {@link
 * UntrustedText} makes values a single line that is safe for a terminal.
 */
final class CefExtension {

  /** For keys that are not in the dictionary of CEF. */
  private static final int LONGEST_CUSTOM = 4_000;

  private static final int LONGEST_LABELED = 4_000;

  private final StringBuilder to;
  private final Set<String> custom = new HashSet<>();
  private boolean first = true;

  CefExtension(StringBuilder to) {
    this.to = to;
  }

  /** Writes a number; nothing if it is null. */
  void put(String key, @Nullable Long value) {
    if (value != null) {
      put(key, Long.toString(value), Integer.MAX_VALUE);
    }
  }

  /**
   * Writes a text; nothing if it is null.
   *
   * @param longest the length that the dictionary of CEF allows; a longer text ends in {@code
   *     [cut]}
   */
  void put(String key, @Nullable String value, int longest) {
    if (value == null) {
      return;
    }
    to.append(first ? "" : " ").append(key).append('=');
    first = false;
    String line = UntrustedText.line(value, longest);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' || c == '=') {
        to.append('\\');
      }
      to.append(c);
    }
  }

  /** Writes one of the numbered keys and its label, for instance {@code cs1}. */
  void putLabeled(String key, String label, @Nullable Object value) {
    if (value != null) {
      put(key, value.toString(), LONGEST_LABELED);
      put(key + "Label", label, LONGEST_LABELED);
    }
  }

  /**
   * Writes a field under a custom key, which begins with the product as CEF requires; nothing if
   * the name has no letter and no digit, or its key was already written.
   */
  void putCustom(String field, Object value) {
    String name = Names.pascal(field);
    if (!name.isEmpty() && custom.add(name)) {
      put("SessionBridge" + name, value.toString(), LONGEST_CUSTOM);
    }
  }
}
