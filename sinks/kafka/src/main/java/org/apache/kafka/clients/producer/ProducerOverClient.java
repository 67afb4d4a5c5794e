package org.apache.kafka.clients.producer;

import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/**
 * Creates a producer with a given client. It is in this package because the constructor that
 * accepts a client is package-private, and no public one accepts a limit for the size of responses.
 */
public final class ProducerOverClient {

  private ProducerOverClient() {}

  /**
   * @param metadata updated by the client; initially contains the bootstrap servers
   * @param client not closed if this fails
   * @param versions updated by the client
   */
  public static Producer<byte[], byte[]> open(
      ProducerConfig config, ProducerMetadata metadata, KafkaClient client, ApiVersions versions) {
    return new KafkaProducer<>(
        config,
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        metadata,
        client,
        null, // interceptors come from the configuration
        versions,
        Time.SYSTEM);
  }
}
