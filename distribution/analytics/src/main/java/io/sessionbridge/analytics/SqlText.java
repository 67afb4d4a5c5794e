package io.sessionbridge.analytics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL files that the program brings. */
final class SqlText {

  private SqlText() {}

  /**
   * Reads one.
   *
   * @param path below the folder {@code sql}, such as {@code lives.sql}
   */
  static String read(String path) {
    try (InputStream file = SqlText.class.getResourceAsStream("sql/" + path)) {
      if (file == null) {
        throw new IllegalStateException("the program lacks sql/" + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text in SQL's quotation marks. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
