package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration of an entry of type {@code kafka}.
 *
 * @param bootstrapServers {@code host:port}, at least one
 * @param login empty = none
 * @param tls empty = not encrypted
 * @param properties further settings of the Kafka client, none of which breaks a guarantee or
 *     contains a secret
 */
record KafkaSinkConfig(
    List<String> bootstrapServers,
    String topic,
    TimestampMode timestamp,
    Codec compression,
    Optional<Login> login,
    Optional<TlsSettings> tls,
    Map<String, String> properties) {

  /** Kafka's clients ignore a protocol before an address. */
  private static final Pattern SCHEME = Pattern.compile("^[0-9A-Za-z._%-]*://");

  private static final Key<List<String>> BOOTSTRAP_SERVERS =
      Key.texts("bootstrap_servers")
          .required("brokers that the client contacts first, each host:port");
  private static final Key<String> TOPIC =
      Key.text("topic").required("topic that receives the events; it must exist");
  private static final Key<TimestampMode> TIMESTAMP =
      Key.oneOf("timestamp", TimestampMode.class)
          .orElse(
              TimestampMode.SENT,
              "time of the records; sent = retention does not delete an old backlog on arrival");
  private static final Key<Codec> COMPRESSION =
      Key.oneOf("compression", Codec.class)
          .orElse(
              Codec.ZSTD,
              "compression of batches; gzip is used where native code cannot be loaded");
  private static final Key<Map<String, String>> PROPERTIES =
      Key.properties("properties")
          .optional("more settings of the Kafka producer, with Kafka's names");

  static final ConfigSpec<KafkaSinkConfig> SPEC = new ConfigSpec<>(keys(), KafkaSinkConfig::read);

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.addAll(List.of(BOOTSTRAP_SERVERS, TOPIC, TIMESTAMP, COMPRESSION));
    keys.addAll(Login.KEYS);
    keys.addAll(TlsSettings.KEYS);
    keys.add(PROPERTIES);
    return keys;
  }

  private static KafkaSinkConfig read(ConfigValues values) {
    List<String> servers = values.get(BOOTSTRAP_SERVERS);
    if (servers.isEmpty()) {
      values.problem(BOOTSTRAP_SERVERS, "must name at least one host:port");
    }
    for (String server : servers) {
      if (address(server).isEmpty()) {
        values.problem(BOOTSTRAP_SERVERS, "must each be " + HostPort.RULE + ", was " + server);
      }
    }
    Topic.problem(values.get(TOPIC)).ifPresent(problem -> values.problem(TOPIC, problem));
    if (values.given(COMPRESSION)) { // gzip replaces the default
      ShippedCode.problem(values.get(COMPRESSION), ShippedCode::onClassPath)
          .ifPresent(problem -> values.problem(COMPRESSION, problem));
    }
    Map<String, String> properties = values.find(PROPERTIES).orElse(Map.of());
    properties.forEach(
        (name, value) ->
            PassedProperty.problem(name, value)
                .ifPresent(problem -> values.problem(PROPERTIES, name, problem)));
    return new KafkaSinkConfig(
        List.copyOf(servers),
        values.get(TOPIC),
        values.get(TIMESTAMP),
        values.get(COMPRESSION),
        Login.read(values),
        TlsSettings.read(values),
        properties);
  }

  /**
   * Parses a bootstrap server; empty if it is not an address, for instance because it contains a
   * login, which would appear in messages.
   */
  static Optional<HostPort> address(String server) {
    return HostPort.parse(SCHEME.matcher(server).replaceFirst(""));
  }

  /** Kafka's name for the combination of login and encryption. */
  String securityProtocol() {
    String transport = tls.isPresent() ? "SSL" : "PLAINTEXT";
    return login.isPresent() ? "SASL_" + transport : transport;
  }
}
