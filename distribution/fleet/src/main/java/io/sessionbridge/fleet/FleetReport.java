package io.sessionbridge.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run took.
 *
 * @param took of the scenario, without start and end
 * @param agents that ran at its end
 * @param broker what the broker counted in the scenario
 * @param books what each host must have sent
 * @param lost what of that is missing
 * @param received what the observer read
 * @param highestPending events in journals
 * @param brokerCpu CPU time in the scenario
 * @param workerCpu CPU time in the scenario
 * @param residentKib memory of the workers at its end; 0 where that is not known
 */
record FleetReport(
    FleetOptions options,
    Duration took,
    long agents,
    Series.Sums broker,
    List<HostBooks> books,
    long lost,
    TopicReader received,
    long highestPending,
    Optional<FleetRun.Recovery> recovery,
    Duration brokerCpu,
    Duration workerCpu,
    long residentKib) {

  /** Whether all hosts arrived completely and in order, and the brokers' figures are complete. */
  boolean isSound() {
    return lost == 0
        && received.disordered() == 0
        && received.unreadable() == 0
        && books.size() == options.hosts
        && broker.isComplete();
  }

  List<String> lines() {
    BrokerFigures total = broker.total();
    double seconds = Math.max(1, took.toMillis()) / 1000.0;
    double days =
        options.scenario.end(options).minus(options.scenario.begin()).toSeconds() / 86400.0;
    List<String> lines = new ArrayList<>();
    add(lines, "scenario", "%s, factor %.0f, %.0f s", options.scenario, options.factor(), seconds);
    add(
        lines,
        "hosts",
        "%d by %d agents, %d of them whole, %d brokers, %s, %s, %s",
        options.hosts,
        options.agents(),
        Math.min(options.wholeAgents, options.agents()),
        options.brokers,
        options.tls ? "TLS" : "no TLS",
        options.format,
        options.compression);
    add(
        lines,
        "events sent",
        "%d of %d hosts, %d of them by sources, %d old heartbeats left out",
        books.stream().mapToLong(HostBooks::accepted).sum(),
        books.size(),
        books.stream().mapToLong(HostBooks::emitted).sum(),
        books.stream().mapToLong(HostBooks::filtered).sum());
    add(
        lines,
        "events received",
        "%d, lost %d, out of order %d, duplicates %d, unreadable %d",
        received.distinct(),
        lost,
        received.disordered(),
        received.duplicates(),
        received.unreadable());
    if (!broker.isComplete()) {
      add(lines, "broker", "reported no figures, or not to the end: what follows is wrong");
    }
    add(lines, "records", "%d, at most %d in a second", total.records(), broker.highestRecords());
    add(
        lines,
        "connections",
        "%d open at most, %d accepted, at most %d in a second",
        total.connections(),
        total.created(),
        broker.highestConnects());
    add(lines, "connects by second", "%s", connects());
    add(
        lines,
        "stored",
        "%d bytes, %.0f a record, %.0f a host and day",
        total.storedBytes(),
        perRecord(total.storedBytes()),
        total.storedBytes() / days / options.hosts);
    add(
        lines,
        "wire",
        "%.0f bytes in and %.0f out a record, %.0f in and %.0f out a host and day",
        perRecord(total.bytesIn()),
        perRecord(total.bytesOut()),
        total.bytesIn() / days / options.hosts,
        total.bytesOut() / days / options.hosts);
    add(
        lines,
        "requests",
        "%d produce (%.2f records each), %d others",
        total.produces(),
        (double) total.records() / Math.max(1, total.produces()),
        total.requests());
    add(
        lines,
        "partitions",
        "%d, the fullest has %.2f of the mean",
        options.partitions,
        received.skew());
    add(
        lines,
        "waiting",
        "%d events in journals at most, %d in the topic unread at most",
        highestPending,
        received.highestLag());
    recovery.ifPresent(
        after ->
            add(
                lines,
                "return",
                "%d events waited, delivered after %.1f s; %d connections accepted since",
                after.backlog(),
                after.drained().toMillis() / 1000.0,
                broker.sinceRestart().created()));
    add(
        lines,
        "cpu",
        "broker %.1f s (%.0f us a record), workers %.1f s (%.3f %% of a core an agent)",
        brokerCpu.toMillis() / 1000.0,
        brokerCpu.toNanos() / 1000.0 / Math.max(1, total.records()),
        workerCpu.toMillis() / 1000.0,
        100.0 * workerCpu.toMillis() / 1000 / seconds / options.agents());
    add(lines, "memory", "workers %d MiB", residentKib / 1024);
    add(lines, "kinds", "%s", new TreeMap<>(received.kinds()));
    return lines;
  }

  private String connects() {
    return broker.connectsBySecond().entrySet().stream()
        .map(one -> one.getKey() + ":" + one.getValue())
        .collect(Collectors.joining(" "));
  }

  private double perRecord(long bytes) {
    return (double) bytes / Math.max(1, broker.total().records());
  }

  private static void add(List<String> lines, String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-18s ", name) + String.format(Locale.ROOT, format, values));
  }

  /** How often each kind was received. */
  Map<String, Long> kinds() {
    return received.kinds();
  }
}
