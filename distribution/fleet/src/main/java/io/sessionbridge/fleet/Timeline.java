package io.sessionbridge.fleet;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.fleet.VirtualHost.HostEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The events that the hosts of one agent have still to emit. It outlives the agent: events from a
 * time in which the agent is stopped, or before the scenario, are emitted at its next start.
 */
final class Timeline {

  /** Within the limits of the intake. */
  private static final int MOST = 200;

  private final boolean relay;
  private final Instant midnight;
  private final List<HostEvent> events;
  private final Map<Integer, Long> sequences = new HashMap<>();
  private int next;

  private Timeline(boolean relay, Instant midnight, List<HostEvent> events) {
    this.relay = relay;
    this.midnight = midnight;
    this.events = events;
  }

  static Timeline of(int agent, Instant midnight, FleetOptions options) {
    Duration begin = options.scenario.begin();
    Duration end = options.scenario.end(options);
    List<HostEvent> all = new ArrayList<>();
    int first = agent * options.hostsPerAgent;
    boolean relay = options.hostsPerAgent > 1 || !options.isWhole(agent);
    for (int host = first; host < Math.min(options.hosts, first + options.hostsPerAgent); host++) {
      all.addAll(VirtualHost.day(host));
      if (relay) {
        addHeartbeats(host, begin, end, all);
      }
    }
    all.removeIf(event -> event.at().compareTo(end) >= 0);
    all.sort(Comparator.comparing(HostEvent::at));
    return new Timeline(relay, midnight, List.copyOf(all));
  }

  /** A relay passes on what the agents of its hosts say of themselves. */
  private static void addHeartbeats(
      int host, Duration begin, Duration end, List<HostEvent> events) {
    EventData data =
        EventData.builder(Kind.BRIDGE_HEARTBEAT)
            .put(Field.AGENT_VERSION, "0.1.0")
            .put(Field.CONFIG_HASH, "0123456789abcdef")
            .put(Field.HEALTH, "up")
            .build();
    long phase = host * 7919L % FleetOptions.HEARTBEAT.toSeconds();
    for (Duration at = begin.plusSeconds(phase);
        at.compareTo(end) < 0;
        at = at.plus(FleetOptions.HEARTBEAT)) {
      events.add(new HostEvent(at, host, data));
    }
  }

  /** Events that are due and not yet emitted; the same until {@link #emitted}. */
  synchronized List<Observation> due(Duration now) {
    List<Observation> due = new ArrayList<>();
    Map<Integer, Long> numbers = new HashMap<>();
    for (int i = next; i < events.size() && due.size() < MOST; i++) {
      HostEvent event = events.get(i);
      if (event.at().compareTo(now) > 0) {
        break;
      }
      due.add(observation(event, numbers));
    }
    return due;
  }

  private Observation observation(HostEvent event, Map<Integer, Long> numbers) {
    Instant time = midnight.plus(event.at());
    int host = event.host();
    if (!relay) {
      return Observation.live(time, event.data());
    }
    long number = sequences.getOrDefault(host, 0L) + numbers.merge(host, 1L, Long::sum);
    EventData data =
        event.data().toBuilder()
            .put(Field.HOST_ID, VirtualHost.id(host))
            .put(Field.HOST_NAME, VirtualHost.name(host))
            .put(Field.LOCAL_OFFSET, "+00:00")
            .put(Field.BOOT_ID, bootId(host))
            .put(Field.UPTIME_MS, event.at().toMillis())
            .put(Field.SOURCE_ID, "fleet")
            .put(Field.SOURCE_TYPE, "fleet")
            .build();
    Origin origin =
        new Origin(
            String.format(Locale.ROOT, "%012x-%d", host, number),
            source(host),
            Optional.of(String.format(Locale.ROOT, "%020d", number)),
            Optional.of(time));
    return Observation.imported(time, data, null, origin);
  }

  static String source(int host) {
    return "/sessionbridge/" + VirtualHost.id(host);
  }

  static String bootId(int host) {
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", host);
  }

  /** The first so many of those due are durable. */
  synchronized void emitted(int count) {
    for (HostEvent event : events.subList(next, next + count)) {
      sequences.merge(event.host(), 1L, Long::sum);
    }
    next += count;
  }

  /** When the next is due; empty at the end. */
  synchronized Optional<Duration> nextAt() {
    return next < events.size() ? Optional.of(events.get(next).at()) : Optional.empty();
  }

  /** All events, by host. */
  Map<Integer, Long> countsByHost() {
    return events.stream().collect(Collectors.groupingBy(HostEvent::host, Collectors.counting()));
  }

  /** All events. */
  long count() {
    return events.size();
  }

  synchronized long emittedCount() {
    return next;
  }
}
