package io.sessionbridge.windows.process;

import com.sun.jna.Pointer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of a process in the format of {@code CREATE_UNICODE_ENVIRONMENT}: {@code
 * name=value} in UTF-16, each terminated by a NUL, sorted case-insensitively, and a final NUL.
 */
final class EnvironmentBlock {

  /** Windows' order: by upper case, code unit by code unit. */
  private static final Comparator<String> ORDER =
      Comparator.comparing(name -> name.toUpperCase(Locale.ROOT));

  private EnvironmentBlock() {}

  /** Parses a block. */
  static Map<String, String> read(Pointer block) {
    Map<String, String> variables = new TreeMap<>(ORDER);
    StringBuilder entry = new StringBuilder();
    for (long at = 0; ; at += Character.BYTES) {
      // Not getChar: that reads a wchar_t, which has 32 bits elsewhere.
      char next = (char) block.getShort(at);
      if (next != 0) {
        entry.append(next);
        continue;
      }
      if (entry.isEmpty()) {
        return variables;
      }
      put(variables, entry.toString());
      entry.setLength(0);
    }
  }

  /** Windows stores a drive's folder as {@code =C:=C:\folder}: a leading = is part of the name. */
  private static void put(Map<String, String> variables, String entry) {
    int end = entry.indexOf('=', 1);
    if (end > 0) {
      variables.put(entry.substring(0, end), entry.substring(end + 1));
    }
  }

  /**
   * Formats the block.
   *
   * @throws IllegalArgumentException if a name or a value contains a terminator
   */
  static char[] write(Map<String, String> variables) {
    Map<String, String> sorted = new TreeMap<>(ORDER);
    sorted.putAll(variables);
    StringBuilder block = new StringBuilder();
    sorted.forEach(
        (name, value) -> {
          if (name.isEmpty() || name.indexOf('=', 1) >= 0 || (name + value).indexOf(0) >= 0) {
            throw new IllegalArgumentException("not a valid environment variable: " + name);
          }
          block.append(name).append('=').append(value).append('\0');
        });
    if (sorted.isEmpty()) {
      block.append('\0');
    }
    return block.append('\0').toString().toCharArray();
  }

  /** Merges variables, the second map taking precedence; names are case-insensitive. */
  static Map<String, String> with(Map<String, String> variables, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(ORDER);
    all.putAll(variables);
    all.putAll(more);
    return all;
  }
}
