package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lines and emits them in batches, on its thread {@code source-<id>}. Waits for room in the
 * journal rather than push anything out, since a file does not run away.
 *
 * <p>A read of standard input cannot be interrupted: where it waits for one, close leaves its
 * daemon thread behind, which ends with the process.
 */
final class ReplaySource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(ReplaySource.class);

  /** Time for the batch in hand to become durable at a stop; more would only be politeness. */
  private static final long GRACE_MILLIS = 1000;

  private final SourceContext context;
  private final ReplaySourceConfig config;
  private final InputStream standardInput;
  private final Clock.Signal stop;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile Health health = Health.degraded("not started");

  ReplaySource(SourceContext context, ReplaySourceConfig config, InputStream standardInput) {
    this.context = context;
    this.config = config;
    this.standardInput = standardInput;
    this.stop = context.clock().signal();
    this.thread = new Thread(this::run, "source-" + context.id());
    thread.setDaemon(true);
  }

  @Override
  public void start() throws SourceException {
    if (config.isStandardInput()) {
      LOG.info("source {} reads standard input, which a restart cannot continue", context.id());
    } else {
      requireFile(config.path());
    }
    health = Health.up();
    thread.start();
  }

  private static void requireFile(Path path) throws SourceException {
    if (!Files.exists(path)) {
      throw new SourceException("path " + path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new SourceException("path " + path + " is a folder, a file is needed");
    }
    if (!Files.isReadable(path)) {
      throw new SourceException("path " + path + " cannot be read");
    }
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public Optional<CompletionStage<Void>> finished() {
    return config.follow() ? Optional.empty() : Optional.of(finished);
  }

  private void run() {
    try (ReplayInput input = open()) {
      if (runOf(input).toTheEnd()) {
        finished.complete(null);
      }
    } catch (EventFormatException e) {
      fail(e, String.valueOf(e.getMessage()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (!closing) {
        fail(e, config.name() + " cannot be replayed: " + e);
      }
    }
  }

  private ReplayInput open() throws IOException {
    return config.isStandardInput()
        ? new ReplayStream(standardInput)
        : ReplayFile.open(config.path(), context.intake().resumePosition());
  }

  private ReplayRun runOf(ReplayInput input) {
    return new ReplayRun(
        config,
        input,
        new ReplayBatch(context, stop, () -> closing, this::tell),
        new ReplayPace(config.speed(), context.clock()),
        new BadLines(context, config.onBadLine()),
        stop,
        () -> closing);
  }

  private void tell(String trouble) {
    health = trouble.isEmpty() ? Health.up() : Health.degraded(trouble);
  }

  private void fail(Exception cause, String message) {
    LOG.error("source {} stops: {}", context.id(), message);
    health = Health.down(message);
    finished.completeExceptionally(new SourceException(message, cause));
  }

  @Override
  public void close() {
    closing = true;
    stop.raise();
    try {
      thread.join(GRACE_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt(); // it waits for room: position and events stay together, nothing is lost
        thread.join(GRACE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
