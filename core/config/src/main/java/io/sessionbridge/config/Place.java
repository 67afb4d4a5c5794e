package io.sessionbridge.config;

/**
 * A place in the configuration.
 *
 * @param file the file as the user named it
 * @param line counted from 1; 0 means the file as a whole
 * @param path the dotted path of keys, such as {@code sinks.lake.batch_bytes} or {@code
 *     select.kinds[0]}; empty at the top
 */
public record Place(String file, int line, String path) {

  public static Place top(String file) {
    return new Place(file, 1, "");
  }

  /** The place of the entry {@code key} of the mapping at this place. */
  public Place child(String key, int keyLine) {
    String shown = SecretText.maskedName(key);
    return new Place(file, keyLine, path.isEmpty() ? shown : path + "." + shown);
  }

  public Place item(int index, int itemLine) {
    return new Place(file, itemLine, path + "[" + index + "]");
  }

  /** A problem at this place; {@code text} is for instance {@code is missing}. */
  public Problem problem(String text) {
    return new Problem(file, line, path, text);
  }
}
