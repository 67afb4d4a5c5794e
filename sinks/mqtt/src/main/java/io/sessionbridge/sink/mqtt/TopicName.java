package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What MQTT allows in the name of a topic. */
final class TopicName {

  /** Of one name that comes from outside, so that no host name makes a topic too long. */
  private static final int LONGEST_LEVEL = 255;

  private TopicName() {}

  /**
   * A name from outside as one level of a topic: what separates levels or stands for several topics
   * ({@code /}, {@code +}, {@code #}), control characters and halves of characters become {@code
   * _}; so does {@code $} at the beginning, which is the broker's own. Never empty.
   */
  static String level(String name) {
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
    boolean noText = Character.isISOControl(codePoint) || isHalf(codePoint) || isNone(codePoint);
    return special || noText ? '_' : codePoint;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Unicode's non-characters, which a broker may refuse. */
  private static boolean isNone(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || codePoint >= 0xFDD0 && codePoint <= 0xFDEF;
  }
}
