package io.sessionbridge.sink.mqtt.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.EncodedEvent.Attribute;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a packet, compared with that of Paho. */
final class PublicationTest {

  private static Publication publication(int bytes, int qos) {
    return new Publication(
        "büro/event/lock",
        new byte[bytes],
        qos,
        false,
        "application/json",
        List.of(new Attribute("id", "e-1"), new Attribute("source", "/ä")),
        Optional.of(60L));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 100, 127, 128, 16_000, 16_383, 16_384, 100_000})
  void version5(int bytes) throws Exception {
    Publication publication = publication(bytes, 1);
    MqttProperties properties = new MqttProperties();
    properties.setPayloadFormat(true);
    properties.setContentType(publication.contentType());
    properties.setMessageExpiryInterval(60L);
    properties.setTopicAlias(1); // Paho uses one if the broker allows it
    properties.setUserProperties(
        List.of(new UserProperty("id", "e-1"), new UserProperty("source", "/ä")));
    MqttPublish packet =
        new MqttPublish(
            publication.topic(),
            new MqttMessage(publication.body(), 1, false, properties),
            properties);
    packet.setMessageId(1);
    long size = packet.getHeader().length + (long) packet.getPayload().length;
    assertThat(publication.packetBytes(Version.V5)).isEqualTo(size);
    assertThat(publication.isLargerThan(size, Version.V5)).isFalse();
    assertThat(publication.isLargerThan(size - 1, Version.V5)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 100, 127, 128, 16_000, 16_383, 16_384, 100_000})
  void version3(int bytes) throws Exception {
    Publication publication = publication(bytes, 1);
    var packet =
        new org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish(
            publication.topic(),
            new org.eclipse.paho.client.mqttv3.MqttMessage(publication.body()));
    packet.setMessageId(1);
    long size = packet.getHeader().length + (long) packet.getPayload().length;
    assertThat(publication.packetBytes(Version.V3)).isEqualTo(size);
  }
}
