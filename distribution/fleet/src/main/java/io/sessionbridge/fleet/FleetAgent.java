package io.sessionbridge.fleet;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.format.FormatsModule;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.sink.kafka.KafkaModule;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole agent: its configuration, journal, tracker, delivery loop and Kafka sink are those of the
 * product. Only the machine and its users are made up. Any thread, one at a time for start and
 * stop.
 */
final class FleetAgent implements FleetMember {

  /** A day of a host takes 60 KiB; the product's 4 MiB, times the agents, is more than a disk. */
  private static final int SEGMENT = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(FleetAgent.class);

  private final int number;
  private final FleetOptions options;
  private final String servers;
  private final Timeline timeline;
  private final FleetClock clock;
  private final ScheduledExecutorService players;
  private volatile @Nullable Bridge bridge;

  FleetAgent(
      int number,
      FleetOptions options,
      String servers,
      Timeline timeline,
      FleetClock clock,
      ScheduledExecutorService players) {
    this.number = number;
    this.options = options;
    this.servers = servers;
    this.timeline = timeline;
    this.clock = clock;
    this.players = players;
  }

  /** Of its own host; a relay has one besides those whose events it carries. */
  @Override
  public String hostId() {
    return options.hostsPerAgent == 1
        ? VirtualHost.id(number)
        : String.format(Locale.ROOT, "relay-%07d", number);
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public boolean runs() {
    return bridge != null;
  }

  @Override
  public void start() throws IOException, ConfigException, BridgeException, InterruptedException {
    Injector injector = injector();
    Bridge made = injector.getInstance(BridgeFactory.class).create(small(config(injector)));
    made.start();
    bridge = made;
  }

  /** The format of its sink. */
  EventFormat format() throws IOException, ConfigException {
    return config(injector()).sinks().get(0).format();
  }

  private BridgeConfig config(Injector injector) throws IOException, ConfigException {
    Path folder = options.folder.resolve("agents").resolve(hostId());
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve("sessionbridge.yaml"), yaml(folder));
    return BridgeConfigReader.read(file, injector.getInstance(Plugins.class));
  }

  private Injector injector() {
    return Guice.createInjector(
        Stage.PRODUCTION,
        Modules.override(
                new BridgeModule(),
                new FormatsModule(),
                new KafkaModule(),
                new FleetModule(
                    facts(),
                    context -> new FleetSource(context, timeline, clock, players, this::end)))
            .with(binder -> binder.bind(Clock.class).toInstance(clock)));
  }

  @Override
  public void stop() {
    Bridge running = bridge;
    bridge = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public Optional<Totals> totals() {
    return sinkTotals().map(totals -> new Totals(totals.delivered(), totals.pending()));
  }

  /** The books of the Kafka sink; empty while the agent does not run. */
  private Optional<SinkTotals> sinkTotals() {
    Bridge running = bridge;
    return running == null ? Optional.empty() : Optional.of(running.loops().get(0).totals());
  }

  @Override
  public Optional<List<HostBooks>> booksIfDone() {
    if (timeline.nextAt().isPresent()) {
      return Optional.empty();
    }
    return sinkTotals().filter(totals -> totals.pending() == 0).map(this::books);
  }

  /** By the whole timeline, so that an event that was never emitted counts as missing. */
  private List<HostBooks> books(SinkTotals totals) {
    if (options.hostsPerAgent == 1) {
      String source = "/sessionbridge/" + hostId();
      return List.of(new HostBooks(source, totals.accepted(), totals.filtered(), timeline.count()));
    }
    List<HostBooks> books = new ArrayList<>();
    timeline
        .countsByHost()
        .forEach((host, count) -> books.add(new HostBooks(Timeline.source(host), count, 0, count)));
    return books;
  }

  /** Ends the worker, and so the run: a silent agent would look like an idle one. */
  private void end(Throwable e) {
    LOG.error("the source of {} fails", hostId(), e);
    Runtime.getRuntime().halt(1);
  }

  private String yaml(Path folder) {
    return """
        data_dir: %s
        host: {id: %s}
        control: false
        journal: {durability: %s}
        sources:
          fleet: {type: fleet}
        sinks:
          lake:
            type: kafka
            bootstrap_servers: [%s]
            topic: %s
            format: %s
            compression: %s
            start: oldest
            properties: {%s}
            %s
        """
        .formatted(
            folder.resolve("data"),
            hostId(),
            options.durability,
            servers,
            FleetOptions.TOPIC,
            options.format,
            options.compression,
            options.properties.entrySet().stream()
                .map(one -> one.getKey() + ": \"" + one.getValue() + "\"")
                .collect(Collectors.joining(", ")),
            options.tls ? "ca_file: " + FleetTls.caFile(options.folder) : "");
  }

  /** What no configuration can say: a heartbeat by the fleet's clock, and a small journal. */
  private BridgeConfig small(BridgeConfig config) {
    JournalConfig journal = config.journal();
    return new BridgeConfig(
        config.dataDir(),
        config.logLevel(),
        config.toEventLog(),
        new JournalConfig(
            journal.maxBytes(),
            options.hostsPerAgent == 1 ? SEGMENT : journal.segmentBytes(),
            journal.maxAge(),
            journal.segmentMaxAge(),
            journal.whenFull(),
            journal.durability(),
            journal.keepsRead()),
        config.sessions(),
        config.hostId(),
        config.shutdown(),
        options.real(FleetOptions.HEARTBEAT),
        config.http(),
        config.control(),
        config.hash(),
        config.sources(),
        config.sinks());
  }

  private HostFacts facts() {
    String name = options.hostsPerAgent == 1 ? VirtualHost.name(number) : "RELAY-" + number;
    return new HostFacts() {
      @Override
      public Optional<String> machineId() {
        return Optional.of(name);
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> fqdn() {
        return Optional.of(name.toLowerCase(Locale.ROOT) + ".contoso.example");
      }

      @Override
      public Optional<String> domain() {
        return Optional.of("contoso.example");
      }

      @Override
      public Optional<String> bootId() {
        return Optional.of(Timeline.bootId(number));
      }

      /** By the fleet's clock, so that durations fit the times. */
      @Override
      public OptionalLong uptimeMillis() {
        return OptionalLong.of(clock.sinceMidnight().plus(Duration.ofHours(1)).toMillis());
      }
    };
  }
}
