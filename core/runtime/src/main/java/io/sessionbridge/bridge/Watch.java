package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.ingest.MachineHost;
import io.sessionbridge.ingest.ShowingIntake;
import io.sessionbridge.metrics.MetricRegistry;
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
 * Shows what one source sees, without a journal and without sinks. Nothing is recorded, and what
 * was seen while nobody watched is not shown.
 *
 * <p>{@link #start} and {@link #close} are called by one thread, the rest by any.
 */
public final class Watch implements AutoCloseable {

  private final Source source;
  private final Host host;
  private final Path folder;

  private Watch(Source source, Host host, Path folder) {
    this.source = source;
    this.host = host;
    this.folder = folder;
  }

  /**
   * A watch that was not started.
   *
   * @param onStopRequest called when the source asks the program to end
   */
  static Watch of(
      SourceEntry entry,
      Plugins plugins,
      Clock clock,
      ShowingIntake.Viewer viewer,
      Runnable onStopRequest)
      throws IOException {
    Host host = MachineHost.detect(Optional.empty(), plugins.host());
    Path folder = Files.createTempDirectory("sessionbridge-watch");
    Supervisor supervisor = new Supervisor();
    supervisor.onEssentialEnd(onStopRequest);
    Source source =
        entry
            .create()
            .apply(
                new Contexts.OfSource(
                    entry.id(),
                    entry.type(),
                    new ShowingIntake(
                        entry.id(),
                        entry.type(),
                        host,
                        clock,
                        plugins.directory(),
                        supervisor,
                        viewer),
                    clock,
                    host,
                    folder,
                    new MetricRegistry().of("source", entry.id()),
                    reason -> onStopRequest.run(),
                    defect -> onStopRequest.run()));
    return new Watch(source, host, folder);
  }

  /** The name of the machine that is watched. */
  public String hostName() {
    return host.name();
  }

  /** Begins to show. */
  public void start() throws BridgeException {
    try {
      source.start();
    } catch (SourceException e) {
      throw new BridgeException(String.valueOf(e.getMessage()), e);
    }
  }

  /** How the source is. */
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
    Files.deleteIfExists(folder);
  }
}
