package io.sessionbridge.config;

/**
 * How a key's value is read from a node and written back for documentation.
 *
 * @param <T> the value
 */
interface KeyType<T> {

  /** A value that does not fit; the message follows the key's path. */
  final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    Misfit(String text) {
      super(text);
      this.text = text;
    }

    /** Empty if the problems were told already. */
    String text() {
      return text;
    }
  }

  /** One or two words for the documentation. */
  String word();

  T read(ConfigNode node, Problems problems) throws Misfit;

  /** As it would stand in a file. */
  default String write(T value) {
    return value.toString();
  }
}
