package io.sessionbridge.demo;

import java.io.IOException;

/** Numbers on a command line. */
final class Numbers {

  private Numbers() {}

  /** A port; for 0 one that is free. */
  static int port(String name, String text) throws IOException {
    int port = between(0, 65_535, name, text);
    return port == 0 ? FreePort.find() : port;
  }

  static int between(int min, int max, String name, String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, with the valid range
    }
    throw new IllegalArgumentException(
        name + " must be between " + min + " and " + max + ", was " + text);
  }
}
