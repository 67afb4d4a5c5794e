package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the Kafka producer that may be passed through, and why the others may not. */
final class PassedProperty {

  private static final Map<String, ConfigDef.ConfigKey> KNOWN =
      ProducerConfig.configDef().configKeys();
  private static final Map<String, String> LOCKED = locked();

  private PassedProperty() {}

  private static Map<String, String> locked() {
    Map<String, String> locked = new HashMap<>();
    put(
        locked,
        "is fixed: no event may be lost or reordered",
        "acks",
        "enable.idempotence",
        "retries",
        "max.in.flight.requests.per.connection",
        "max.block.ms",
        "request.timeout.ms",
        "delivery.timeout.ms");
    put(
        locked,
        "is fixed: the events of a host stay in order because they share a partition",
        "partitioner.class",
        "partitioner.ignore.keys");
    put(
        locked,
        "is not supported: transactions would need the sink's cursor inside Kafka",
        "transactional.id",
        "transaction.timeout.ms",
        "transaction.two.phase.commit.enable");
    put(
        locked,
        "is fixed: the format produces the bytes, and nothing may change them",
        "key.serializer",
        "value.serializer",
        "interceptor.classes");
    put(
        locked,
        "is fixed: the name of the broker is always checked",
        "ssl.endpoint.identification.algorithm",
        "ssl.engine.factory.class");
    instead(locked, "bootstrap_servers", "bootstrap.servers");
    instead(locked, "compression", "compression.type");
    instead(locked, "tls and sasl_mechanism", "security.protocol");
    instead(locked, "sasl_mechanism", "sasl.mechanism");
    instead(locked, "username", "sasl.oauthbearer.client.credentials.client.id");
    instead(
        locked,
        "username and password_file",
        "sasl.jaas.config",
        "sasl.oauthbearer.client.credentials.client.secret");
    instead(
        locked,
        "ca_file",
        "ssl.truststore.type",
        "ssl.truststore.location",
        "ssl.truststore.password",
        "ssl.truststore.certificates");
    instead(
        locked,
        "certificate_file and key_file, or certificate_store",
        "ssl.keystore.type",
        "ssl.keystore.location",
        "ssl.keystore.password",
        "ssl.keystore.certificate.chain",
        "ssl.keystore.key");
    instead(locked, "key_password_file", "ssl.key.password");
    put(
        locked,
        "is not supported: a secret must be in a file of its own",
        "sasl.oauthbearer.assertion.private.key.passphrase");
    return Map.copyOf(locked);
  }

  private static void instead(Map<String, String> locked, String keys, String... names) {
    put(locked, "is not allowed here, use " + keys, names);
  }

  private static void put(Map<String, String> locked, String reason, String... names) {
    List.of(names).forEach(name -> locked.put(name, reason));
  }

  /** What is wrong with a setting; empty if nothing is. The text never repeats a secret. */
  static Optional<String> problem(String name, String value) {
    String reason = LOCKED.get(name);
    if (reason != null) {
      return Optional.of(reason);
    }
    ConfigDef.ConfigKey key = KNOWN.get(name);
    if (key == null) {
      String question = Suggestion.question(name, new TreeSet<>(KNOWN.keySet()));
      return Optional.of("is not a setting of the Kafka producer" + question);
    }
    try {
      Object parsed = ConfigDef.parseType(name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(name, parsed);
      }
      return Optional.empty();
    } catch (ConfigException e) {
      return Optional.of(
          SecretText.isUnder(name)
              ? "is refused by the Kafka producer"
              : "is refused by the Kafka producer: " + e.getMessage());
    }
  }
}
