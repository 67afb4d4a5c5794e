package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.source.replay.ReplaySourceConfig.OnBadLine;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lines and emits them in batches, on its thread {@code source-<id>}. Waits for room in the
 * journal rather than push anything out, since a file does not run away.
 */
final class ReplaySource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(ReplaySource.class);
  private static final int BATCH = 256;
  private static final int BATCH_BYTES = 512 << 10;
  private static final int BAD_LINES_TOLD = 10;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final SourceContext context;
  private final ReplaySourceConfig config;
  private final InputStream standardInput;
  private final Clock.Signal stop;
  private final Metrics.Counter badLines;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Thread thread;
  private final List<Observation> batch = new ArrayList<>();
  private final ReplayPace pace;
  private int batchBytes;
  private @Nullable Line lastOfBatch;
  private volatile boolean closing;
  private volatile Health health = Health.degraded("not started");

  ReplaySource(SourceContext context, ReplaySourceConfig config, InputStream standardInput) {
    this.context = context;
    this.config = config;
    this.standardInput = standardInput;
    this.stop = context.clock().signal();
    this.pace = new ReplayPace(config.speed(), context.clock());
    this.badLines = context.metrics().counter("source_bad_lines_total", "Lines that are no event.");
    this.thread = new Thread(this::run, "source-" + context.id());
    thread.setDaemon(true);
  }

  @Override
  public void start() throws SourceException {
    if (!config.isStandardInput() && !Files.isReadable(config.path())) {
      boolean there = Files.exists(config.path());
      throw new SourceException(
          "path " + config.path() + (there ? " cannot be read" : " does not exist"));
    }
    if (config.isStandardInput()) {
      LOG.info("source {} reads standard input, which a restart cannot continue", context.id());
    }
    health = Health.up();
    thread.start();
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
    try (ReplayFile open = open()) {
      readLines(open);
      flush(open);
      finished.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | EventFormatException | RuntimeException e) {
      String message = config.name() + ": " + e.getMessage();
      String told = e instanceof EventFormatException ? String.valueOf(e.getMessage()) : message;
      LOG.error("source {} stops: {}", context.id(), told);
      health = Health.down(told);
      finished.completeExceptionally(e);
    }
  }

  private ReplayFile open() throws IOException {
    return config.isStandardInput()
        ? ReplayFile.ofStream(standardInput)
        : ReplayFile.open(config.path(), context.intake().resumePosition());
  }

  private void readLines(ReplayFile open)
      throws IOException, EventFormatException, InterruptedException {
    while (!closing) {
      Line line = open.read(config.follow());
      if (line != null) {
        take(open, line);
        continue;
      }
      flush(open);
      if (!config.follow()) {
        return;
      }
      stop.await(LOOK_AGAIN);
      open.startOverIfReplaced();
    }
  }

  private void take(ReplayFile open, Line line)
      throws IOException, EventFormatException, InterruptedException {
    if (line.isBlank()) {
      return;
    }
    Observation observation;
    try {
      observation = translate(line);
    } catch (EventFormatException e) {
      bad(
          open,
          new EventFormatException(config.name() + ":" + line.number() + ": " + e.getMessage()));
      return;
    }
    Duration wait = pace.before(observation.time());
    if (!wait.isZero()) {
      flush(open);
      waitFor(wait);
    }
    batch.add(observation);
    lastOfBatch = line;
    batchBytes += line.bytes().length;
    if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES || !open.hasMoreAtHand()) {
      flush(open);
    }
  }

  private static Observation translate(Line line) throws EventFormatException {
    if (line.isTooLong()) {
      throw new EventFormatException(
          "the line has " + line.length() + " bytes, an event may have " + Line.LONGEST);
    }
    return ReplayTranslator.translate(line.bytes());
  }

  private void bad(ReplayFile open, EventFormatException problem)
      throws IOException, EventFormatException, InterruptedException {
    badLines.add(1);
    if (config.onBadLine() == OnBadLine.FAIL) {
      flush(open);
      throw problem;
    }
    if (badLines.value() <= BAD_LINES_TOLD) {
      LOG.warn("source {} skips {}", context.id(), problem.getMessage());
    } else if (badLines.value() == BAD_LINES_TOLD + 1) {
      LOG.warn("source {} skips more lines, counted from here on", context.id());
    }
  }

  private void waitFor(Duration wait) throws InterruptedException {
    long end = context.clock().nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0 && !closing; ) {
      stop.await(Duration.ofNanos(left));
      left = end - context.clock().nanoTime();
    }
  }

  /** Emits what was read, as often as it takes; the last event carries where to go on. */
  private void flush(ReplayFile open) throws IOException, InterruptedException {
    Line line = lastOfBatch;
    if (batch.isEmpty() || line == null) {
      return;
    }
    Observation last = batch.remove(batch.size() - 1);
    batch.add(last.withPosition(open.positionAfter(line)));
    Duration pause = FIRST_PAUSE;
    while (!batch.isEmpty()) {
      try {
        context.intake().emitWhenRoom(List.copyOf(batch));
        batch.clear();
        batchBytes = 0;
        health = Health.up();
      } catch (EmitException e) {
        health = Health.degraded(String.valueOf(e.getMessage()));
        if (closing) {
          batch.clear(); // the position was not moved, so the next start reads them again
          return;
        }
        stop.await(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    stop.raise();
    if (!thread.isAlive()) {
      return;
    }
    try {
      // A read of standard input cannot be ended from here; its thread ends with the process.
      thread.join(config.isStandardInput() ? 200 : 5000);
      if (thread.isAlive() && !config.isStandardInput()) {
        thread.interrupt();
        thread.join(1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
