package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.control.ControlConfig;
import io.sessionbridge.delivery.Selection;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.http.HttpConfig;
import io.sessionbridge.http.ListenAddress;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SinkMemory;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingSink;
import io.sessionbridge.testkit.TestingSinkFactory;
import io.sessionbridge.testkit.TestingSource;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A whole agent with a testing source, testing sinks that outlive it, and its HTTP pages. */
final class TestingBridge implements AutoCloseable {

  private static final String SOURCE = "src";

  private final Path folder;
  private final Storage storage;
  private final JournalConfig journal;
  private final List<String> sinkIds;
  private final TestingSourceFactory sources = new TestingSourceFactory();
  private final TestingSinkFactory sinks = new TestingSinkFactory();
  private final List<String> sourceIds = new ArrayList<>(List.of(SOURCE));
  private Runnable onEssentialEnd = () -> {};
  private Clock clock = Clock.system();
  private Optional<SessionDirectory> directory = Optional.empty();
  private ControlConfig control = ControlConfig.OFF;
  private TrackerSettings sessions = TrackerSettings.ofLiveHost();
  private Duration shutdown = Duration.ofSeconds(10);
  private Bridge bridge;

  TestingBridge(Path folder, Storage storage, JournalConfig journal, String... sinkIds) {
    this.folder = folder;
    this.storage = storage;
    this.journal = journal;
    this.sinkIds = List.of(sinkIds);
  }

  /** Uses small segments, so that a test fills several. */
  static JournalConfig journal(long maxBytes, int segmentBytes) {
    JournalConfig defaults = JournalConfig.defaults();
    return new JournalConfig(
        maxBytes,
        segmentBytes,
        defaults.maxAge(),
        defaults.segmentMaxAge(),
        defaults.whenFull(),
        defaults.durability(),
        false);
  }

  /** Adds a source next to {@code src}. */
  TestingBridge withSource(String id) {
    sourceIds.add(id);
    return this;
  }

  /** Uses this clock instead of the system's. */
  TestingBridge withClock(Clock other) {
    clock = other;
    return this;
  }

  /** Uses this session directory. */
  TestingBridge withDirectory(SessionDirectory known) {
    directory = Optional.of(known);
    return this;
  }

  /** Gives the sinks this time to stop instead of 10 s. */
  TestingBridge withShutdown(Duration atMost) {
    shutdown = atMost;
    return this;
  }

  /** Enables the control channel and sets the time until the host is idle. */
  TestingBridge withControl(Duration idleAfter) {
    control = ControlConfig.DEFAULT;
    sessions = new TrackerSettings(List.of(), idleAfter, true, true);
    return this;
  }

  /** Calls the action when an essential component ends. */
  void onEssentialEnd(Runnable action) {
    onEssentialEnd = action;
  }

  /** Controls which sources start. */
  TestingSourceFactory sources() {
    return sources;
  }

  /** Controls which sinks can be created. */
  TestingSinkFactory sinks() {
    return sinks;
  }

  /** Starts or restarts the agent, on any free port. */
  TestingBridge start() throws Exception {
    return start(new ListenAddress("127.0.0.1", 0));
  }

  TestingBridge start(ListenAddress http) throws Exception {
    bridge =
        new Bridge(
            config(http),
            new Plugins(
                Map.of(),
                Map.of(),
                Map.of("json", new Json()),
                directory,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            storage,
            clock);
    bridge.onEssentialEnd(onEssentialEnd);
    bridge.start();
    return this;
  }

  private BridgeConfig config(ListenAddress http) {
    return new BridgeConfig(
        folder,
        "info",
        Optional.empty(),
        journal,
        sessions,
        Optional.empty(),
        shutdown,
        Duration.ofDays(1),
        Optional.of(new HttpConfig(http)),
        control,
        "hash",
        sourceIds.stream().map(this::sourceEntry).toList(),
        sinkIds.stream().map(this::entry).toList());
  }

  /** The format in which the control channel shows events. */
  private static final class Json implements FormatFactory<Boolean> {
    @Override
    public String description() {
      return "json";
    }

    @Override
    public ConfigSpec<Boolean> config() {
      return ConfigSpec.empty(true);
    }

    @Override
    public EventFormat create(Boolean config) {
      return TestingFormats.named("json");
    }
  }

  private SourceEntry sourceEntry(String id) {
    return new SourceEntry(
        id, "testing", context -> sources.create(context, new TestingSourceFactory.Config()));
  }

  private SinkEntry entry(String id) {
    return new SinkEntry(
        id,
        "testing",
        new SinkSettings(Selection.ALL, Start.OLDEST, 50, 1 << 20, Optional.empty()),
        TestingFormats.named("json"),
        SinkMemory.USUAL,
        List.of(),
        context -> sinks.create(context, new TestingSinkFactory.Config()),
        context -> sinks.create(context, new TestingSinkFactory.Config()),
        Disclosure.UNKNOWN,
        environment -> List.of(),
        List::of);
  }

  Bridge bridge() {
    return bridge;
  }

  TestingSource source() {
    return source(SOURCE);
  }

  TestingSource source(String id) {
    return sources.source(id);
  }

  TestingSink sink(String id) {
    return sinks.sink(id);
  }

  /** Lets the source report logons, each of another user in a session of its own. */
  void report(int from, int to) {
    report(SOURCE, from, to);
  }

  void report(String sourceId, int from, int to) {
    for (int i = from; i <= to; i++) {
      source(sourceId)
          .report(
              EventData.builder(Kind.LOGON)
                  .put(Field.SESSION_ID, (long) i)
                  .put(Field.USER_NAME, "u" + i)
                  .build());
    }
  }

  ListenAddress address() {
    return bridge.httpAddress().orElseThrow();
  }

  /** Scrapes until the condition holds; checks the balance each time. */
  Scrape scrapeUntil(String what, Predicate<Scrape> condition) throws Exception {
    String[] ids = sinkIds.toArray(String[]::new);
    for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); ; ) {
      Scrape scrape = Scrape.of(address()).balanced(ids);
      if (condition.test(scrape)) {
        return scrape;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("expected that " + what + ", was " + Arrays.toString(ids));
      }
    }
  }

  void stop() {
    bridge.close();
  }

  @Override
  public void close() {
    if (bridge != null) {
      bridge.close();
    }
  }
}
