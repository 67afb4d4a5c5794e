package org.apache.kafka.clients.producer;

import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/**
 * Makes a producer over a client of the caller's. It stands in this package because the one
 * constructor that takes a client does; no public one takes a limit for what a peer may send.
 */
public final class ProducerOverClient {

  private ProducerOverClient() {}

  /**
   * @param metadata what the client updates, with the servers to begin with
   * @param client not closed if this fails
   * @param versions what the client notes about the brokers
   */
  public static Producer<byte[], byte[]> open(
      ProducerConfig config, ProducerMetadata metadata, KafkaClient client, ApiVersions versions) {
    return new KafkaProducer<>(
        config,
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        metadata,
        client,
        null, // interceptors are those of the configuration
        versions,
        Time.SYSTEM);
  }
}
