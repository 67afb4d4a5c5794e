package io.sessionbridge.config;

/**
 * A mistake in a configuration.
 *
 * @param file the file's name as the user gave it
 * @param line from 1; 0 if the whole file is meant
 * @param text what is wrong, beginning with the dotted path of the key
 */
public record Problem(String file, int line, String text) {

  /** For instance {@code sessionbridge.yaml:12: sinks.lake.topic is missing (the Kafka topic)}. */
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + text : file + ": " + text;
  }
}
