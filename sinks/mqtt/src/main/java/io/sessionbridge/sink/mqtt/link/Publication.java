package io.sessionbridge.sink.mqtt.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.sink.mqtt.topic.MqttString;
import io.sessionbridge.spi.EncodedEvent.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * A message to publish. Content type, attributes and expiry need version 5.
 *
 * @param body not a copy
 * @param qos 0 or 1
 * @param expirySeconds empty = never
 */
public record Publication(
    String topic,
    byte[] body,
    int qos,
    boolean retained,
    String contentType,
    List<Attribute> attributes,
    Optional<Long> expirySeconds) {

  /** A retained message, which also reaches later subscribers. */
  public static Publication retained(String topic, byte[] body, int qos, String contentType) {
    return new Publication(topic, body, qos, true, contentType, List.of(), Optional.empty());
  }

  /** True if the body is known to be UTF-8. */
  public boolean isText() {
    return contentType.startsWith("text/") || contentType.contains("json");
  }

  /**
   * Why it cannot be sent; empty if it can.
   *
   * @param mostBytes the maximum size of a packet
   */
  public Optional<String> problem(long mostBytes, Version version) {
    for (Attribute attribute : attributes) {
      if (!MqttString.isAllowed(attribute.value())) {
        return Optional.of(
            "attribute " + attribute.name() + " has a character that MQTT does not allow");
      }
    }
    return isLargerThan(mostBytes, version)
        ? Optional.of(
            "packet of " + packetBytes(version) + " bytes, at most " + mostBytes + " are allowed")
        : Optional.empty();
  }

  /** Whether the packet is larger. Nearly always decided without an exact count. */
  public boolean isLargerThan(long bytes, Version version) {
    long characters = topic.length() + (long) contentType.length();
    for (Attribute attribute : attributes) {
      characters += attribute.name().length() + (long) attribute.value().length() + 2;
    }
    long atMost = 3 * characters + body.length + 32L;
    return atMost > bytes && packetBytes(version) > bytes;
  }

  /** The maximum size of the PUBLISH packet (MQTT 3.1.1, 3.3; MQTT 5, 3.3). */
  public long packetBytes(Version version) {
    long variable = bytes(topic) + (qos > 0 ? 4 : 2);
    if (version == Version.V5) {
      long properties = propertyBytes();
      variable += lengthBytes(properties) + properties;
    }
    long rest = variable + body.length;
    return 1 + lengthBytes(rest) + rest;
  }

  private long propertyBytes() {
    long bytes = bytes(contentType) + 8; // payload format, content type, topic alias
    bytes += expirySeconds.isPresent() ? 5 : 0;
    for (Attribute attribute : attributes) {
      bytes += bytes(attribute.name()) + bytes(attribute.value()) + 5;
    }
    return bytes;
  }

  /** The length of a variable byte integer, with seven bits per byte. */
  private static int lengthBytes(long length) {
    return length < 1L << 7 ? 1 : length < 1L << 14 ? 2 : length < 1L << 21 ? 3 : 4;
  }

  private static long bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
