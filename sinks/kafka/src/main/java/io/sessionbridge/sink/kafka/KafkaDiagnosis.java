package io.sessionbridge.sink.kafka;

import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Explains failures of the Kafka client, with the setting or permission to check. */
final class KafkaDiagnosis {

  private final KafkaSinkConfig config;
  private final ProducerTimeouts timeouts;
  private final String servers;

  KafkaDiagnosis(KafkaSinkConfig config, ProducerTimeouts timeouts) {
    this.config = config;
    this.timeouts = timeouts;
    this.servers = String.join(",", config.bootstrapServers());
  }

  /**
   * @param peer the server or servers
   */
  String noTls(String peer, Throwable failure) {
    return "TLS with "
        + peer
        + " failed: check ca_file, certificate_file and key_file (or certificate_store), and that"
        + " the broker's certificate has the name in bootstrap_servers ("
        + UntrustedText.part(deepest(failure).getMessage())
        + ")";
  }

  /** A response that is longer than any of a broker. */
  String tooLong(int bytes) {
    return "a broker of "
        + servers
        + " announced an answer of "
        + bytes
        + " bytes, but at most "
        + KafkaFrame.LONGEST
        + " are accepted: do all listeners that the cluster advertises speak Kafka?";
  }

  /** A failure before a broker answered. */
  String whileConnecting(Throwable failure) {
    if (failure instanceof TimeoutException && failure.getCause() == null) {
      return servers
          + " did not answer within "
          + timeouts.block().toMillis() / 1000.0
          + " s: is the broker up, is bootstrap_servers right,"
          + " and do tls and sasl_mechanism match its listener?";
    }
    return whileSending(failure);
  }

  /** A failure after that. */
  String whileSending(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      Optional<String> known = known(next);
      if (known.isPresent()) {
        return known.get();
      }
      deepest = next;
    }
    if (isWithoutMetadata(failure)) {
      return servers
          + " did not send the metadata of topic "
          + config.topic()
          + " in time: are the brokers up and reachable? ("
          + UntrustedText.part(failure.getMessage())
          + ")";
    }
    if (failure instanceof TimeoutException) {
      return servers
          + " did not acknowledge in time: is it up, and are enough replicas in sync? ("
          + UntrustedText.part(failure.getMessage())
          + ")";
    }
    if (failure instanceof IOException) {
      return String.valueOf(failure.getMessage());
    }
    return servers + ": " + UntrustedText.part(deepest.toString());
  }

  /**
   * The client drops the metadata of a topic that was unused for {@code metadata.max.idle.ms}. A
   * send then requests it again and fails before there is a record to acknowledge; only the message
   * distinguishes this case.
   */
  private static boolean isWithoutMetadata(Throwable failure) {
    return failure instanceof TimeoutException
        && String.valueOf(failure.getMessage()).contains("not present in metadata");
  }

  private Optional<String> known(Throwable failure) {
    String said = " (" + UntrustedText.part(failure.getMessage()) + ")";
    if (failure instanceof UnknownTopicOrPartitionException) {
      return Optional.of(
          "topic "
              + config.topic()
              + " does not exist on "
              + servers
              + ": create it or let the broker do so (auto.create.topics.enable)");
    }
    if (failure instanceof SaslAuthenticationException) {
      return Optional.of(
          servers
              + " refuses the login"
              + user(" of ")
              + ": check sasl_mechanism, username and password_file"
              + said);
    }
    if (failure instanceof SslAuthenticationException) {
      return Optional.of(noTls(servers, failure));
    }
    if (failure instanceof TopicAuthorizationException) {
      return Optional.of(
          servers
              + " does not allow writing to topic "
              + config.topic()
              + ": grant WRITE and DESCRIBE on it"
              + user(" to User:"));
    }
    if (failure instanceof ClusterAuthorizationException) {
      return Optional.of(
          servers
              + " does not allow idempotent writing: grant IDEMPOTENT_WRITE on the cluster"
              + user(" to User:"));
    }
    if (failure instanceof InvalidTimestampException) {
      return Optional.of(
          servers + " refuses the present time: is the clock of this host right?" + said);
    }
    if (failure instanceof UnsupportedVersionException) {
      return Optional.of(servers + " is too old, Kafka 2.1 or later is needed" + said);
    }
    if (failure instanceof ConfigException
        && String.valueOf(failure.getMessage()).contains("bootstrap")) {
      return Optional.of("no name in bootstrap_servers " + servers + " can be resolved");
    }
    return Optional.empty();
  }

  private String user(String before) {
    return config.login().flatMap(Login::username).map(name -> before + name).orElse("");
  }

  static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
