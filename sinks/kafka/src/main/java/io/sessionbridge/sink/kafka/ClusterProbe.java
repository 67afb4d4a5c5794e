package io.sessionbridge.sink.kafka;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the servers that the Kafka client will connect to, before it does: the bootstrap servers
 * and the listeners that the cluster advertises.
 */
final class ClusterProbe {

  /** In a large cluster not all brokers are checked at each connect. */
  private static final int MOST_BROKERS = 16;

  private final KafkaSinkConfig config;
  private final Duration time;
  private final Clock clock;
  private final BrokerProbe probe;

  ClusterProbe(KafkaSinkConfig config, KafkaDiagnosis diagnosis, Duration time, Clock clock) {
    this.config = config;
    this.time = time;
    this.clock = clock;
    this.probe = new BrokerProbe(config, diagnosis, clock);
  }

  /**
   * The result of a probe.
   *
   * @param servers those of {@code bootstrap_servers} that are brokers, at least one
   * @param brokers that the cluster advertises; empty if they require a login
   * @param answered addresses that need no further check
   */
  record Found(List<String> servers, List<Broker> brokers, Set<HostPort> answered) {

    Found {
      servers = List.copyOf(servers);
      brokers = List.copyOf(brokers);
      answered = Set.copyOf(answered);
    }
  }

  /**
   * Checks the servers of {@code bootstrap_servers}. Without a login, it also requests the brokers
   * of the cluster from the first server that answers, over the same connection.
   *
   * @throws ProbeException if none answers, or one of them is not a broker
   */
  Found find() throws ProbeException, InterruptedException {
    Deadline deadline = new Deadline(clock, time);
    List<String> usable = new ArrayList<>();
    List<Broker> brokers = List.of();
    Set<HostPort> answered = new HashSet<>();
    ProbeException last = null;
    List<String> servers = config.bootstrapServers();
    for (int i = 0; i < servers.size(); i++) {
      String server = servers.get(i);
      HostPort address = address(server);
      Duration share = deadline.left().dividedBy(servers.size() - i);
      try {
        if (config.login().isEmpty() && brokers.isEmpty()) {
          brokers = probe.askForBrokers(address, share);
        } else {
          probe.ask(address, share);
        }
        usable.add(server);
        answered.add(address);
      } catch (ProbeException e) {
        if (e.isForeign()) {
          throw e;
        }
        last = e;
      }
    }
    if (usable.isEmpty() && last != null) {
      throw last;
    }
    return new Found(usable, brokers, answered);
  }

  private static HostPort address(String server) throws ProbeException {
    return KafkaSinkConfig.address(server)
        .orElseThrow(
            () ->
                ProbeException.away(
                    server + " is not host:port", new IllegalArgumentException(server)));
  }

  /**
   * Checks the brokers.
   *
   * @param answered addresses that are not checked again
   * @return a message for each broker that cannot be reached
   * @throws ProbeException if none can be reached, or one is not Kafka
   */
  List<String> unreachable(List<Broker> brokers, Set<HostPort> answered)
      throws ProbeException, InterruptedException {
    List<Broker> asked = brokers.subList(0, Math.min(MOST_BROKERS, brokers.size()));
    Deadline deadline = new Deadline(clock, time);
    List<String> unreachable = new ArrayList<>();
    ProbeException last = null;
    for (int i = 0; i < asked.size(); i++) {
      Broker broker = asked.get(i);
      if (answered.contains(broker.address())) {
        continue;
      }
      try {
        probe.ask(broker.address(), deadline.left().dividedBy(asked.size() - i));
      } catch (ProbeException e) {
        String message = explain(broker, e);
        if (e.isForeign()) {
          throw ProbeException.foreign(message, e);
        }
        last = ProbeException.away(message, e);
        unreachable.add(message);
      }
    }
    if (last != null && unreachable.size() == asked.size()) {
      throw last;
    }
    return unreachable;
  }

  private static String explain(Broker broker, ProbeException e) {
    return broker
        + ", which this host cannot use: "
        + e.getMessage()
        + " (advertised.listeners of the broker)";
  }
}
