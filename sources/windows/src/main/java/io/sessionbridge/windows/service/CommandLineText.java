package io.sessionbridge.windows.service;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command as a single line, as Windows stores it. Everything but plain words is quoted, and the
 * program always: for an unquoted {@code C:\Program Files\...} Windows would first try {@code
 * C:\Program.exe}, no matter who created it.
 */
public final class CommandLineText {

  private static final Pattern PLAIN = Pattern.compile("[\\w.:=+-]+");

  private CommandLineText() {}

  /**
   * Joins a command so that the program receives the same arguments.
   *
   * @param command the program's path, then its arguments
   */
  public static String of(List<String> command) {
    return quoted(command.get(0))
        + command.stream()
            .skip(1)
            .map(word -> " " + (PLAIN.matcher(word).matches() ? word : quoted(word)))
            .collect(Collectors.joining());
  }

  /** Backslashes are escaped only before a quotation mark (CommandLineToArgvW). */
  private static String quoted(String word) {
    StringBuilder line = new StringBuilder("\"");
    int backslashes = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '"') {
        line.append("\\".repeat(backslashes + 1));
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
      line.append(c);
    }
    return line.append("\\".repeat(backslashes)).append('"').toString();
  }
}
