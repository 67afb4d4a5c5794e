package io.sessionbridge.sink.mqtt.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Converts names to valid levels of a topic. */
public final class TopicName {

  /** The maximum length in bytes, so that no host name makes a topic too long. */
  private static final int LONGEST_LEVEL = 255;

  private TopicName() {}

  /**
   * Converts an untrusted name to one level of a topic: separators and wildcards ({@code /}, {@code
   * +}, {@code #}), characters that cannot be sent and a leading {@code $}, which is reserved for
   * the broker, become {@code _}. Never empty.
   */
  public static String level(String name) {
    return isPlain(name) ? name : fit(name);
  }

  /** Fast path: true for nearly all host names, which need no change. */
  private static boolean isPlain(String name) {
    if (name.isEmpty() || name.length() > LONGEST_LEVEL || name.charAt(0) == '$') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '+' || c == '#' || c == '/') {
        return false;
      }
    }
    return true;
  }

  private static String fit(String name) {
    StringBuilder level = new StringBuilder(name.length());
    int bytes = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int codePoint = allowed(name.codePointAt(i), i == 0);
      bytes += Character.toString(codePoint).getBytes(UTF_8).length;
      if (bytes > LONGEST_LEVEL) {
        break;
      }
      level.appendCodePoint(codePoint);
    }
    return level.isEmpty() ? "_" : level.toString();
  }

  private static int allowed(int codePoint, boolean first) {
    boolean special = "+#/".indexOf(codePoint) >= 0 || first && codePoint == '$';
    return special || !MqttString.isSendable(codePoint) ? '_' : codePoint;
  }
}
