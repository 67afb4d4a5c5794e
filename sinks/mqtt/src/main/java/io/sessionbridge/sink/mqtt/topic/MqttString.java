package io.sessionbridge.sink.mqtt.topic;

/** The characters that MQTT allows in a string (MQTT 5, 1.5.4), and those that Paho can send. */
public final class MqttString {

  /** Paho's mqttv3 wrongly refuses all characters from here on. */
  private static final int FIRST_UNSENDABLE = 0xFDD0;

  private MqttString() {}

  /** True if a broker accepts it and version 5 can send it. */
  public static boolean isAllowed(String text) {
    return text.codePoints().allMatch(MqttString::isAllowed);
  }

  private static boolean isAllowed(int codePoint) {
    return !Character.isISOControl(codePoint)
        && !isSurrogate(codePoint)
        && !isNonCharacter(codePoint);
  }

  /** True if both versions can send it. */
  public static boolean isSendable(String text) {
    return text.codePoints().allMatch(MqttString::isSendable);
  }

  public static boolean isSendable(int codePoint) {
    return codePoint < FIRST_UNSENDABLE && isAllowed(codePoint);
  }

  /** An unpaired surrogate. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Unicode non-characters, which a broker may refuse. */
  private static boolean isNonCharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || codePoint >= 0xFDD0 && codePoint <= 0xFDEF;
  }
}
