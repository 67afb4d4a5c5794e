package io.sessionbridge.sink.mqtt.topic;

/** Which characters a text may have (MQTT 5, 1.5.4), and which of them Paho sends. */
public final class MqttString {

  /** Paho's mqttv3 mistakes all from here on for ones that are not allowed. */
  private static final int FIRST_UNSENDABLE = 0xFDD0;

  private MqttString() {}

  /** True if a broker takes it and version 5 sends it. */
  public static boolean isAllowed(String text) {
    return text.codePoints().allMatch(MqttString::isAllowed);
  }

  private static boolean isAllowed(int codePoint) {
    return !Character.isISOControl(codePoint) && !isHalf(codePoint) && !isNone(codePoint);
  }

  /** True if both versions send it. */
  public static boolean isSendable(String text) {
    return text.codePoints().allMatch(MqttString::isSendable);
  }

  public static boolean isSendable(int codePoint) {
    return codePoint < FIRST_UNSENDABLE && isAllowed(codePoint);
  }

  /** One of a pair without the other. */
  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Unicode's non-characters, which a broker may refuse. */
  private static boolean isNone(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || codePoint >= 0xFDD0 && codePoint <= 0xFDEF;
  }
}
