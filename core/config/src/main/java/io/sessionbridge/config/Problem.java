package io.sessionbridge.config;

/**
 * A problem of the configuration.
 *
 * @param file the file as the user named it
 * @param line counted from 1; 0 means the file as a whole
 * @param path the dotted path of keys; empty when the problem is not about one key
 * @param text what is wrong, as text that follows the path: {@code must be true or false, was yes}
 */
public record Problem(String file, int line, String path, String text) {

  public Problem {
    text = SecretText.masked(text);
  }

  /** The message: {@code sessionbridge.yaml:12: sinks.lake.topic is missing}. */
  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line;
    return where + ": " + (path.isEmpty() ? text : path + " " + text);
  }
}
