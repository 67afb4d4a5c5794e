package io.sessionbridge.sink.kafka;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerOverClient;
import org.apache.kafka.clients.producer.internals.ProducerMetadata;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.ChannelMetadataRegistry;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.SaslChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.network.TransportLayer;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/** Creates a producer with a limit for the size of responses. */
final class LimitedClient {

  private static final String METRICS = "producer";

  private final ProducerConfig config;
  private final AnswerLimit limit;
  private final LogContext log;

  private LimitedClient(ProducerConfig config, AnswerLimit limit) {
    this.config = config;
    this.limit = limit;
    this.log = new LogContext("[Producer clientId=" + config.getString("client.id") + "] ");
  }

  /**
   * Resolves the names of the brokers and starts the producer's thread; does not connect yet.
   *
   * @throws org.apache.kafka.common.KafkaException if the settings are invalid
   */
  static Producer<byte[], byte[]> open(Map<String, Object> settings, AnswerLimit limit) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("key.serializer", ByteArraySerializer.class);
    all.put("value.serializer", ByteArraySerializer.class);
    return new LimitedClient(new ProducerConfig(all), limit).open();
  }

  private Producer<byte[], byte[]> open() {
    ProducerMetadata metadata =
        new ProducerMetadata(
            config.getLong("retry.backoff.ms"),
            config.getLong("retry.backoff.max.ms"),
            config.getLong("metadata.max.age.ms"),
            config.getLong("metadata.max.idle.ms"),
            log,
            new ClusterResourceListeners(),
            Time.SYSTEM);
    metadata.bootstrap(ClientUtils.parseAndValidateAddresses(config));
    ApiVersions versions = new ApiVersions();
    NetworkClient client = client(metadata, versions);
    boolean open = false;
    try {
      Producer<byte[], byte[]> producer =
          ProducerOverClient.open(config, metadata, client, versions);
      open = true;
      return producer;
    } finally {
      if (!open) {
        Utils.closeQuietly(client, "client");
      }
    }
  }

  /** Like {@link ClientUtils#createNetworkClient}, but with the limit. */
  private NetworkClient client(ProducerMetadata metadata, ApiVersions versions) {
    Selector selector =
        new Selector(
            NetworkReceive.UNLIMITED,
            config.getLong("connections.max.idle.ms"),
            new Metrics(),
            Time.SYSTEM,
            METRICS,
            Map.of(),
            true,
            false,
            channels(),
            limit,
            log);
    return new NetworkClient(
        selector,
        metadata,
        config.getString("client.id"),
        config.getInt("max.in.flight.requests.per.connection"),
        config.getLong("reconnect.backoff.ms"),
        config.getLong("reconnect.backoff.max.ms"),
        config.getInt("send.buffer.bytes"),
        config.getInt("receive.buffer.bytes"),
        config.getInt("request.timeout.ms"),
        config.getLong("socket.connection.setup.timeout.ms"),
        config.getLong("socket.connection.setup.timeout.max.ms"),
        Time.SYSTEM,
        true,
        versions,
        log,
        config.getLong("metadata.recovery.rebootstrap.trigger.ms"),
        MetadataRecoveryStrategy.forName(config.getString("metadata.recovery.strategy")));
  }

  private ChannelBuilder channels() {
    SecurityProtocol protocol =
        SecurityProtocol.forName(config.getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
    if (protocol == SecurityProtocol.PLAINTEXT || protocol == SecurityProtocol.SSL) {
      return ClientUtils.createChannelBuilder(config, Time.SYSTEM, log);
    }
    // Like Kafka's ChannelBuilders: include properties that are not producer settings.
    Map<String, Object> settings = new HashMap<>(config.originals());
    settings.putAll(config.values());
    String mechanism = config.getString("sasl.mechanism");
    ChannelBuilder channels =
        new LimitedSaslChannels(
            protocol, JaasContext.loadClientContext(settings), mechanism, limit, log);
    channels.configure(settings);
    return channels;
  }

  private static final class LimitedSaslChannels extends SaslChannelBuilder {

    private final AnswerLimit limit;

    private LimitedSaslChannels(
        SecurityProtocol protocol,
        JaasContext login,
        String mechanism,
        AnswerLimit limit,
        LogContext log) {
      super(
          ConnectionMode.CLIENT,
          Map.of(mechanism, login),
          protocol,
          null,
          false,
          mechanism,
          null,
          null,
          null,
          Time.SYSTEM,
          log,
          null);
      this.limit = limit;
    }

    @Override
    protected TransportLayer buildTransportLayer(
        String id, SelectionKey key, SocketChannel socket, ChannelMetadataRegistry registry)
        throws IOException {
      return new LimitedTransport(super.buildTransportLayer(id, key, socket, registry), limit);
    }
  }
}
