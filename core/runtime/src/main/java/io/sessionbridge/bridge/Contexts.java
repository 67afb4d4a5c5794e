package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.ingest.Ingest;
import io.sessionbridge.ingest.SessionReconciler;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.StateBoard;
import io.sessionbridge.storage.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Creates the contexts that the core passes to sources and sinks. */
record Contexts(
    Path dataDir,
    Host host,
    Clock clock,
    MetricRegistry metrics,
    StateBoard board,
    Duration closeTime,
    Consumer<String> stopRequests) {

  record OfSource(
      String id,
      String type,
      Intake intake,
      Clock clock,
      Host host,
      Path dataFolder,
      Metrics metrics,
      Consumer<String> stopRequests,
      Consumer<Throwable> threadEnds)
      implements SourceContext {

    @Override
    public void requestStop(String reason) {
      stopRequests.accept(reason);
    }

    @Override
    public void threadEnded(Throwable cause) {
      threadEnds.accept(cause);
    }
  }

  private record OfSink(
      String id,
      Host host,
      Clock clock,
      Path dataFolder,
      Metrics metrics,
      long memory,
      Duration closeTime,
      String bodyBeginning,
      Set<String> hidden,
      Optional<String> keyId,
      StateBoard board,
      Runnable onConnectionLost)
      implements SinkContext {

    @Override
    public Optional<HostState> state() {
      return Optional.of(board.now());
    }

    @Override
    public void connectionLost() {
      onConnectionLost.run();
    }
  }

  SourceContext ofSource(
      SourceEntry entry,
      Ingest ingest,
      Optional<SessionReconciler> reconciler,
      Consumer<Throwable> threadEnds)
      throws IOException {
    return new OfSource(
        entry.id(),
        entry.type(),
        ingest.intake(entry.id(), entry.type(), reconciler),
        clock,
        host,
        folder("sources", entry.id()),
        metrics.of("source", entry.id()),
        stopRequests,
        threadEnds);
  }

  SinkContext ofSink(SinkEntry entry, long memory, Runnable onConnectionLost) throws IOException {
    return new OfSink(
        entry.id(),
        entry.settings().privacy().of(host),
        clock,
        folder("sinks", entry.id()),
        metrics.of("sink", entry.id()),
        memory,
        closeTime,
        entry.format().bodyBeginning(),
        entry.settings().privacy().hidden(),
        entry.settings().privacy().keyId(),
        entry.settings().privacy().of(board, host),
        onConnectionLost);
  }

  private Path folder(String kind, String id) throws IOException {
    Path folder = dataDir.resolve(kind).resolve(id);
    return Files.createDirectories(folder, FileMode.PRIVATE.folder().attributes(folder));
  }
}
