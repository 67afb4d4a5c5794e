package io.sessionbridge.sink.mqtt.publish;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.topic.TopicName;
import io.sessionbridge.sink.mqtt.topic.Topics;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Host;
import java.time.Duration;
import java.util.Optional;

/** Converts events to publications. For use by one thread. */
public final class Publications {

  private final MqttSinkConfig config;
  private final Host host;
  private final Optional<Long> expirySeconds;

  public Publications(MqttSinkConfig config, Host host) {
    this.config = config;
    this.host = host;
    this.expirySeconds = config.messageExpiry().map(Duration::toSeconds);
  }

  Publication of(EncodedEvent encoded) {
    return new Publication(
        topic(encoded.event()),
        encoded.body(),
        config.qos(),
        false,
        encoded.contentType(),
        encoded.attributes(),
        expirySeconds);
  }

  private String topic(SessionEvent event) {
    Topics topics = config.topics();
    return topics
        .event()
        .fill(
            place ->
                switch (place) {
                  case PREFIX -> topics.prefix();
                  case HOST -> TopicName.level(hostName(event));
                  case HOST_ID -> TopicName.level(event.partitionKey());
                  case KIND -> event.kind().wireName();
                  case SESSION_ID -> throw new IllegalStateException("not of all events");
                });
  }

  private String hostName(SessionEvent event) {
    String id = event.partitionKey();
    return id.equals(host.id()) ? host.name() : event.text(Field.HOST_NAME).orElse(id);
  }
}
