package io.sessionbridge.sink.mqtt;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Host;
import java.time.Duration;
import java.util.Optional;

/** Makes publications of events. For one thread. */
final class Publications {

  private final MqttSinkConfig config;
  private final Host host;
  private final Optional<Long> expirySeconds;
  private String lastHostId = "";
  private String lastHostName = "";
  private String lastIdLevel = "";
  private String lastNameLevel = "";

  Publications(MqttSinkConfig config, Host host) {
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
    nameHost(event);
    Topics topics = config.topics();
    return topics
        .event()
        .fill(
            place ->
                switch (place) {
                  case PREFIX -> topics.prefix();
                  case HOST -> lastNameLevel;
                  case HOST_ID -> lastIdLevel;
                  case KIND -> event.kind().wireName();
                });
  }

  /** Nearly all events are about the own host, and need not be decoded for its name. */
  private void nameHost(SessionEvent event) {
    String id = event.partitionKey();
    String name = id.equals(host.id()) ? host.name() : nameOf(event);
    if (!id.equals(lastHostId) || !name.equals(lastHostName)) {
      lastHostId = id;
      lastHostName = name;
      lastIdLevel = TopicName.level(id);
      lastNameLevel = TopicName.level(name);
    }
  }

  private static String nameOf(SessionEvent event) {
    String name = event.data().get(Field.HOST_NAME);
    return name == null ? event.partitionKey() : name;
  }
}
