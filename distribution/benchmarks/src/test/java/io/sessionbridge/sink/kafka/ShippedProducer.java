package io.sessionbridge.sink.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the test beside the bare loop see the settings of the sink, which keeps them to itself. */
public final class ShippedProducer {

  private ShippedProducer() {}

  /** What a sink without any key of its own gives its producer, but for names and addresses. */
  public static Map<String, Object> settings() throws IOException {
    KafkaSinkConfig config =
        new KafkaSinkConfig(
            List.of("127.0.0.1:9092"),
            "events",
            TimestampMode.SENT,
            Codec.ZSTD,
            Optional.empty(),
            Optional.empty(),
            Map.of());
    Map<String, Object> settings =
        new HashMap<>(
            new ProducerSettings("lake", Long.MAX_VALUE, config, ProducerTimeouts.DEFAULT)
                .read(Codec.ZSTD));
    settings.keySet().removeAll(List.of("client.id", "bootstrap.servers", "security.protocol"));
    return settings;
  }
}
