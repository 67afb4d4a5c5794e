package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.ingest.MachineHost;
import io.sessionbridge.ingest.WatchIntake;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Shows the observations of one source as they arrive, without a journal or sinks. Records nothing.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; all other methods are thread-safe.
 */
public final class Watch implements AutoCloseable {

  private final Source source;
  private final WatchIntake intake;
  private final Host host;
  private final Path folder;

  private Watch(Source source, WatchIntake intake, Host host, Path folder) {
    this.source = source;
    this.intake = intake;
    this.host = host;
    this.folder = folder;
  }

  /**
   * Creates a watch without starting it.
   *
   * @param onStopRequest called when the source asks the program to end
   */
  static Watch of(
      SourceEntry entry,
      Plugins plugins,
      Clock clock,
      WatchIntake.Viewer viewer,
      Runnable onStopRequest)
      throws IOException {
    Host host = MachineHost.detect(Optional.empty(), plugins.host());
    Path folder = Files.createTempDirectory("sessionbridge-watch");
    Supervisor supervisor = new Supervisor();
    supervisor.onEssentialEnd(onStopRequest);
    WatchIntake intake =
        new WatchIntake(
            entry.id(),
            entry.type(),
            host,
            clock,
            plugins.directory(),
            Bridge.judgedBy(TrackerSettings.ofLiveHost(), plugins),
            supervisor,
            viewer);
    Source source =
        entry
            .create()
            .apply(
                new Contexts.OfSource(
                    entry.id(),
                    entry.type(),
                    intake,
                    clock,
                    host,
                    folder,
                    new MetricRegistry().of("source", entry.id()),
                    reason -> onStopRequest.run(),
                    defect -> onStopRequest.run()));
    return new Watch(source, intake, host, folder);
  }

  /** The name of the watched machine. */
  public String hostName() {
    return host.name();
  }

  /** Starts the source and the display. */
  public void start() throws BridgeException {
    intake.start();
    try {
      source.start();
    } catch (SourceException e) {
      throw new BridgeException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The source's health. */
  public Health check() {
    return source.check();
  }

  /** See {@link Source#finished}. */
  public Optional<CompletionStage<Void>> finished() {
    return source.finished();
  }

  @Override
  public void close() throws IOException {
    source.close();
    intake.close();
    Files.deleteIfExists(folder);
  }
}
