package io.sessionbridge.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a run; its child processes get the same. */
final class FleetOptions {

  /** The interval of heartbeats on the fleet's clock, as the agent has it by default. */
  static final Duration HEARTBEAT = Duration.ofMinutes(15);

  static final String TOPIC = "sessionbridge.events.v1";

  private static final Path NO_FOLDER = Path.of("");

  @Parameters(index = "0", paramLabel = "SCENARIO", description = "${COMPLETION-CANDIDATES}")
  Scenario scenario = Scenario.DAY;

  @Option(
      names = "--hosts",
      defaultValue = "100",
      description = "virtual hosts (default: ${DEFAULT-VALUE})")
  int hosts = 100;

  @Option(
      names = "--agents",
      description =
          "hosts with a whole agent; the others speak the protocol of Kafka alone (default: all)")
  int wholeAgents = Integer.MAX_VALUE;

  @Option(
      names = "--hosts-per-agent",
      defaultValue = "1",
      description = "more than 1: each agent is a relay of that many hosts (default: 1)")
  int hostsPerAgent = 1;

  @Option(
      names = "--workers",
      defaultValue = "1",
      description = "processes that share the agents (default: 1)")
  int workers = 1;

  @Option(
      names = "--worker-memory",
      defaultValue = "1g",
      description = "heap of a worker (default: ${DEFAULT-VALUE})")
  String workerMemory = "1g";

  @Option(
      names = "--brokers",
      defaultValue = "1",
      description = "of the cluster; each has a copy of each partition (default: 1)")
  int brokers = 1;

  @Option(names = "--tls", description = "agents connect with TLS 1.3; needs whole agents")
  boolean tls;

  @Option(
      names = "--partitions",
      defaultValue = "12",
      description = "of the topic (default: ${DEFAULT-VALUE})")
  int partitions = 12;

  @Option(
      names = "--factor",
      description = "how many seconds of the fleet pass in one (default: the scenario's)")
  double factor;

  @Option(
      names = "--format",
      defaultValue = "cloudevents_binary",
      description = "of the Kafka sink (default: ${DEFAULT-VALUE})")
  String format = "cloudevents_binary";

  @Option(
      names = "--compression",
      defaultValue = "zstd",
      description = "of the Kafka sink (default: ${DEFAULT-VALUE})")
  String compression = "zstd";

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "a setting of the Kafka producer, as in the sink's properties; repeatable")
  Map<String, String> properties = new TreeMap<>();

  @Option(
      names = "--durability",
      defaultValue = "os",
      description = "of the journals: all share one disk here (default: ${DEFAULT-VALUE})")
  String durability = "os";

  @Option(
      names = "--away",
      defaultValue = "PT1H",
      description = "time without a broker in the scenario outage (default: ${DEFAULT-VALUE})")
  Duration away = Duration.ofHours(1);

  @Option(
      names = "--folder",
      description =
          "for all data; must be absent or empty (default: a new temporary one, which is deleted"
              + " after a sound run)")
  Path folder = NO_FOLDER;

  boolean hasFolder() {
    return !folder.equals(NO_FOLDER);
  }

  double factor() {
    return factor > 0 ? factor : scenario.factor();
  }

  int agents() {
    return (hosts + hostsPerAgent - 1) / hostsPerAgent;
  }

  /** Whether it has an agent, or only what an agent's Kafka client does on the wire. */
  boolean isWhole(int agent) {
    long whole = Math.min(wholeAgents, agents());
    return whole * agent / agents() < whole * (agent + 1) / agents();
  }

  /** How long it really takes. */
  Duration real(Duration ofTheFleet) {
    return Duration.ofNanos((long) (ofTheFleet.toNanos() / factor()));
  }

  void check() throws FleetException {
    if (hosts < 1 || hostsPerAgent < 1 || workers < 1 || partitions < 1 || brokers < 1) {
      throw new FleetException(
          "--hosts, --hosts-per-agent, --workers, --partitions and --brokers must be at least 1");
    }
    if (wholeAgents < agents()
        && (tls || hostsPerAgent > 1 || !format.equals("cloudevents_binary"))) {
      throw new FleetException(
          "--tls, --hosts-per-agent and --format need whole agents: leave out --agents");
    }
    if (away.isNegative() || away.compareTo(Scenario.LONGEST_AWAY) > 0) {
      throw new FleetException(
          "--away must be between 0 and " + Scenario.LONGEST_AWAY + ", was " + away);
    }
    if (hostsPerAgent > 1 && format.equals("json")) {
      throw new FleetException("relays need a format with the source of an event, json has none");
    }
  }

  /** The same as arguments for a child. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add(scenario.name());
    add(arguments, "--hosts", hosts);
    add(arguments, "--hosts-per-agent", hostsPerAgent);
    add(arguments, "--workers", workers);
    add(arguments, "--agents", wholeAgents);
    add(arguments, "--brokers", brokers);
    if (tls) {
      arguments.add("--tls");
    }
    add(arguments, "--partitions", partitions);
    add(arguments, "--factor", factor());
    add(arguments, "--format", format);
    add(arguments, "--compression", compression);
    add(arguments, "--durability", durability);
    properties.forEach((name, value) -> add(arguments, "--property", name + "=" + value));
    add(arguments, "--away", away);
    add(arguments, "--folder", folder);
    return arguments;
  }

  private static void add(List<String> arguments, String name, Object value) {
    arguments.add(name);
    arguments.add(value.toString());
  }
}
