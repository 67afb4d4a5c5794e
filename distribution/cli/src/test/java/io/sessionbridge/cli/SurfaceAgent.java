package io.sessionbridge.cli;

import static java.util.stream.Collectors.toCollection;

import com.google.inject.Injector;
import com.google.inject.Module;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.http.ListenAddress;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingModule;
import io.sessionbridge.testkit.TestingSinkFactory;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An agent in this process with a sink of each type, whose journal is so small that it evicts. It
 * leaves every kind of file behind that an agent leaves.
 */
final class SurfaceAgent implements AutoCloseable {

  private static final int SEGMENT = 16 << 10;
  private static final int EVENTS = 1_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final TestingSourceFactory sources = new TestingSourceFactory();
  private final TestingSinkFactory sinks = new TestingSinkFactory();
  private final Bridge bridge;

  /** An agent that was not started, with its data in {@code folder/data}. */
  SurfaceAgent(Path folder) throws IOException {
    this.folder = folder;
    List<Module> plugins = new ArrayList<>();
    ServiceLoader.load(PluginModule.class).forEach(plugins::add);
    plugins.add(new TestingModule(sources, sinks));
    Injector injector = BridgeModule.injector(plugins);
    Files.writeString(folder.resolve("in.jsonl"), "");
    Path config = folder.resolve("sessionbridge.yaml");
    Files.writeString(
        config,
        """
        data_dir: data
        http: {address: "127.0.0.1:0"}
        sources:
          live: {type: testing}
          recorded: {type: replay, path: in.jsonl}
        sinks:
          archive: {type: file, path: out.jsonl}
          choosy: {type: testing}
          desk: {type: mqtt, server: "tcp://127.0.0.1:1"}
          lake: {type: kafka, bootstrap_servers: ["127.0.0.1:1"], topic: t}
          siem: {type: syslog, transport: tcp, server: "127.0.0.1:1"}
        """);
    sinks.sink("choosy").rejectIf(event -> event.kind() == Kind.LOCK, "no locks, please");
    this.bridge =
        injector
            .getInstance(BridgeFactory.class)
            .create(small(BridgeConfigReader.read(config, injector.getInstance(Plugins.class))));
  }

  private static BridgeConfig small(BridgeConfig config) {
    JournalConfig journal = config.journal();
    return new BridgeConfig(
        config.dataDir(),
        config.logLevel(),
        config.toEventLog(),
        new JournalConfig(
            4 * SEGMENT,
            SEGMENT,
            journal.maxAge(),
            journal.segmentMaxAge(),
            journal.whenFull(),
            JournalConfig.Durability.OS,
            false),
        config.sessions(),
        config.hostId(),
        config.shutdown(),
        config.heartbeat(),
        config.http(),
        config.control(),
        config.hash(),
        config.sources(),
        config.sinks());
  }

  /** Starts, and returns once the sinks that work have what a source reported. */
  void start() throws Exception {
    bridge.start();
    bridge.awaitDrained(LIMIT, this::isReady);
    for (int i = 0; i < EVENTS; i++) {
      Kind kind = i % 100 == 0 ? Kind.LOCK : Kind.UNLOCK;
      long session = 2L + i % 100; // more of one session would be a flood
      sources
          .source("live")
          .report(TestingEvents.data(kind).put(Field.SESSION_ID, session).build());
    }
    bridge.awaitDrained(LIMIT, () -> hasAll("archive") && hasAll("choosy"));
  }

  private boolean isReady() {
    try {
      return get("/ready").length > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean hasAll(String sink) {
    for (DeliveryLoop loop : bridge.loops()) {
      if (loop.sinkId().equals(sink)) {
        return loop.totals().accepted() > EVENTS && loop.totals().pending() == 0;
      }
    }
    throw new AssertionError("no sink " + sink);
  }

  /** What a page of the agent shows. */
  byte[] get(String path) throws IOException {
    ListenAddress address = bridge.httpAddress().orElseThrow();
    try (InputStream body = URI.create("http://" + address + path).toURL().openStream()) {
      return body.readAllBytes();
    }
  }

  /** Everything below {@code data_dir}, with {@code #} for what differs from run to run. */
  Set<String> files() throws IOException {
    Path data = folder.resolve("data");
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> !file.equals(data))
          .map(file -> name(data.relativize(file)) + (Files.isDirectory(file) ? "/" : ""))
          .collect(toCollection(TreeSet::new));
    }
  }

  private static String name(Path file) {
    return file.toString()
        .replace('\\', '/')
        .replaceAll("\\d{20}-[0-9a-f]{16}", "<first sequence>-<epoch>");
  }

  @Override
  public void close() {
    bridge.close();
  }
}
