package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SinkMemory;
import io.sessionbridge.tls.TlsSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates Kafka sinks. */
final class KafkaSinkFactory implements SinkFactory<KafkaSinkConfig> {

  @Override
  public String description() {
    return "writes events to a Kafka topic, at least once and in order per host";
  }

  @Override
  public ConfigSpec<KafkaSinkConfig> config() {
    return KafkaSinkConfig.SPEC;
  }

  /** Kafka has headers, so the attributes need not be repeated in each body. */
  @Override
  public String defaultFormat() {
    return "cloudevents_binary";
  }

  /**
   * As many as the young generation holds with their records. More make each event dearer, because
   * the collector copies what waits.
   */
  @Override
  public int batchEvents() {
    return 1_000;
  }

  @Override
  public SinkMemory memory(KafkaSinkConfig config) {
    return ProducerBuffer.of(config).memory();
  }

  @Override
  public List<String> fileProblems(KafkaSinkConfig config) {
    return Stream.of(
            config.tls().flatMap(TlsSettings::problem),
            config.login().flatMap(Login::passwordFile).flatMap(SecretFile::problem))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Disclosure disclosure(KafkaSinkConfig config) {
    return new Disclosure(
        "the topic "
            + config.topic()
            + " of the Kafka cluster at "
            + String.join(", ", config.bootstrapServers()),
        Optional.of(config.tls().isPresent()),
        List.of("The retention of the topic decides how long events stay there."));
  }

  @Override
  public Sink create(SinkContext context, KafkaSinkConfig config) {
    return new KafkaSink(context, config, ProducerTimeouts.DEFAULT);
  }
}
