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
 * Finds out, before the Kafka client does, to whom it would speak: the servers to begin with and
 * the listeners that the cluster advertises.
 */
final class ClusterProbe {

  /** Of a large cluster not all are asked at each connect. */
  private static final int MOST_BROKERS = 16;

  private final KafkaSinkConfig config;
  private final Duration time;
  private final Clock clock;
  private final BrokerProbe probe;

  ClusterProbe(KafkaSinkConfig config, KafkaDiagnosis trouble, Duration time, Clock clock) {
    this.config = config;
    this.time = time;
    this.clock = clock;
    this.probe = new BrokerProbe(config, trouble, clock);
  }

  /**
   * What one connect learned.
   *
   * @param servers of {@code bootstrap_servers} that are brokers, at least one
   * @param brokers that the cluster advertises; empty where only a login would show them
   * @param answered addresses that need not be asked again
   */
  record Found(List<String> servers, List<Broker> brokers, Set<HostPort> answered) {

    Found {
      servers = List.copyOf(servers);
      brokers = List.copyOf(brokers);
      answered = Set.copyOf(answered);
    }
  }

  /**
   * Asks the servers of {@code bootstrap_servers}, and without a login the first that answers also
   * for the brokers of its cluster, over the same connection.
   *
   * @throws ProbeException if none is a broker, or one of them is something else
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
                    server + " is no host:port", new IllegalArgumentException(server)));
  }

  /**
   * Asks the brokers.
   *
   * @param answered addresses that are not asked again
   * @return what is wrong with those that cannot be reached
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
        String message = told(broker, e);
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

  private static String told(Broker broker, ProbeException e) {
    return broker
        + ", which this host cannot use: "
        + e.getMessage()
        + " (advertised.listeners of the broker)";
  }
}
