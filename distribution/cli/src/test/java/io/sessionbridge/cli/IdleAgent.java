package io.sessionbridge.cli;

import com.google.inject.Injector;
import com.google.inject.Module;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.testkit.TestingModule;
import io.sessionbridge.testkit.TestingSinkFactory;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** An agent in this process whose user comes and goes as the test says. */
final class IdleAgent implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration IDLE_AFTER = Duration.ofMillis(100);

  private final Path folder;
  private final TestingSourceFactory sources = new TestingSourceFactory();
  private Bridge bridge;

  /** Nobody is logged on when the agent starts. */
  private static final class NobodyModule extends PluginModule {
    @Override
    protected void configure() {
      bindDirectory(
          new SessionDirectory() {
            @Override
            public Optional<EventData> find(EventData event) {
              return Optional.empty();
            }

            @Override
            public List<EventData> all() {
              return List.of();
            }
          });
    }
  }

  /** An agent that was not started, with its data in {@code folder/data}. */
  IdleAgent(Path folder) throws Exception {
    this(folder, "out: {type: testing}");
  }

  /** The same with other sinks. */
  IdleAgent(Path folder, String sinks) throws Exception {
    this.folder = folder;
    Files.writeString(
        config(),
        """
        data_dir: data
        sources: {live: {type: testing}}
        sinks:
          %s
        """
            .formatted(sinks));
  }

  Path config() {
    return folder.resolve("c.yaml");
  }

  void start() throws Exception {
    List<Module> plugins = new ArrayList<>();
    ServiceLoader.load(PluginModule.class).forEach(plugins::add);
    plugins.add(new TestingModule(sources, new TestingSinkFactory()));
    plugins.add(new NobodyModule());
    Injector injector = BridgeModule.injector(plugins);
    BridgeConfig read = BridgeConfigReader.read(config(), injector.getInstance(Plugins.class));
    bridge = injector.getInstance(BridgeFactory.class).create(impatient(read));
    bridge.start();
    sources.source("live").reconcile("start");
    awaitComparison();
  }

  /** Or the comparison, which finds no sessions, would end one that begins meanwhile. */
  private void awaitComparison() throws Exception {
    UnixTransport transport = new UnixTransport();
    List<String> address = List.of(bridge.controlAddress().orElseThrow());
    try (ControlClient client = ControlClient.connect(transport, address, "test")) {
      client.follow();
      JsonLine state = client.nextState(LIMIT).orElseThrow();
      while (!state.has("nobody")) {
        state = client.nextState(LIMIT).orElseThrow();
      }
    }
  }

  private static BridgeConfig impatient(BridgeConfig config) {
    return new BridgeConfig(
        config.dataDir(),
        config.logLevel(),
        config.toEventLog(),
        config.journal(),
        new TrackerSettings(List.of(), IDLE_AFTER, true, true),
        config.hostId(),
        config.shutdown(),
        config.heartbeat(),
        config.http(),
        config.control(),
        config.hash(),
        config.sources(),
        config.sinks());
  }

  /** A user logs on: no source reports presence, so the host is not idle. */
  void userComes() {
    tell(Kind.LOGON);
    tell(Kind.UNLOCK);
  }

  void userGoes() {
    tell(Kind.LOGOFF);
  }

  void tell(Kind kind) {
    sources
        .source("live")
        .report(
            EventData.builder(kind)
                .put(Field.SESSION_ID, 2L)
                .put(Field.USER_NAME, "kim\u001b[2J\u009b2J")
                .build());
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
