package io.sessionbridge.windows.service;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command as one line, as Windows keeps it. Everything but plain words is quoted, the program in
 * any case: Windows would try {@code C:\Program.exe} first for an unquoted {@code C:\Program
 * Files\...}, whoever put it there.
 */
public final class CommandLineText {

  private static final Pattern PLAIN = Pattern.compile("[\\w.:=+-]+");

  private CommandLineText() {}

  /**
   * Joins a command so that the program gets the same arguments again.
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

  /** Backslashes count only before a quotation mark, and then twice (CommandLineToArgvW). */
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
