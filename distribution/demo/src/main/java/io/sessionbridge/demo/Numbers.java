package io.sessionbridge.demo;

/** Numbers on a command line. */
final class Numbers {

  private Numbers() {}

  static int port(String name, String text) {
    return between(1, 65_535, name, text);
  }

  static int between(int min, int max, String name, String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, with what would be right
    }
    throw new IllegalArgumentException(
        name + " must be between " + min + " and " + max + ", was " + text);
  }
}
