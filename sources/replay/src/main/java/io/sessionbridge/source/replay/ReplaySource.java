package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DurableEmitter;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lines and emits them in batches on the thread {@code source-<id>}. The name of a followed
 * file is also checked on {@code source-<id>-look}. Waits for room in the journal instead of
 * evicting events, because a file can wait.
 *
 * <p>A read of standard input cannot be interrupted: if one is in progress, close leaves the daemon
 * thread behind, and it ends with the process.
 */
final class ReplaySource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(ReplaySource.class);

  /** At a stop, the time for the current batch to become durable; otherwise it is read again. */
  private static final long GRACE_MILLIS = 1000;

  private final SourceContext context;
  private final ReplaySourceConfig config;
  private final InputStream standardInput;
  private final Storage storage;
  private final Clock.Signal stop;
  private final Clock.Signal mayHaveMore;
  private final DurableEmitter emitter;
  private final Clock.Signal stopWatching;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Thread thread;
  private final Thread watcher;
  private volatile boolean closing;
  private volatile boolean over;
  private volatile Health health = Health.degraded("not started");
  private volatile Supplier<String> inputProblem = () -> "";
  private volatile @Nullable Follower follower;

  /**
   * Does not open anything.
   *
   * @param storage opens the files
   */
  ReplaySource(
      SourceContext context,
      ReplaySourceConfig config,
      InputStream standardInput,
      Storage storage) {
    this.context = context;
    this.config = config;
    this.standardInput = standardInput;
    this.storage = storage;
    this.stop = context.clock().signal();
    this.mayHaveMore = context.clock().signal();
    this.emitter = DurableEmitter.whenRoom(context, stop, () -> closing);
    this.stopWatching = context.clock().signal();
    this.thread = new Thread(this::run, "source-" + context.id());
    this.watcher = new Thread(this::watch, "source-" + context.id() + "-look");
    thread.setDaemon(true);
    watcher.setDaemon(true);
  }

  @Override
  public void start() throws SourceException {
    if (config.isStandardInput()) {
      LOG.info("source {} reads standard input, which a restart cannot continue", context.id());
    } else if (!config.follow()) {
      requireFile(config.path());
    }
    health = Health.up();
    thread.start();
  }

  private static void requireFile(Path path) throws SourceException {
    try {
      FileState.of(path);
    } catch (UnreadableException e) {
      throw new SourceException("path " + e.getMessage(), e);
    }
    if (!Files.isReadable(path)) {
      throw new SourceException("path " + path + " cannot be read: permission denied");
    }
  }

  @Override
  public Health check() {
    String problem = emitter.problem().orElseGet(inputProblem);
    return health.isUp() && !problem.isEmpty() ? Health.degraded(problem) : health;
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
    } catch (UnreadableException e) {
      fail(e, String.valueOf(e.getMessage()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (!closing) {
        fail(e, config.name() + " cannot be replayed: " + reason(e));
      }
    } finally {
      over = true;
      stopWatching.raise();
    }
  }

  private static String reason(Exception e) {
    return e instanceof FileCutException ? String.valueOf(e.getMessage()) : String.valueOf(e);
  }

  private ReplayInput open() throws UnreadableException, IOException {
    if (config.isStandardInput()) {
      return new ReplayStream(standardInput);
    }
    FormerSource.of(config.path(), context.intake(), storage)
        .ifPresent(former -> LOG.warn("{}", former.warning(context.id(), config.path())));
    return config.follow()
        ? follow()
        : ReplayFile.open(config.path(), context.intake().resumePosition(), storage);
  }

  private Follower follow() {
    RotatedFiles rotated =
        new RotatedFiles(config.path(), config.rotated().map(ReplaySourceConfig::matcher), storage);
    Follower made =
        new Follower(config.path(), rotated, storage, context.intake(), context.clock());
    made.look();
    inputProblem = made::problem;
    follower = made;
    watcher.start();
    return made;
  }

  /**
   * Checks the name, and wakes the other thread if there may be something to read. Goes on while
   * that one waits for room in the journal, so that no rotation is missed.
   */
  private void watch() {
    Follower watched = follower;
    try {
      while (watched != null && !closing && !over) {
        stopWatching.await(watched.untilLook());
        if (watched.look()) {
          mayHaveMore.raise();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("source {} was interrupted while it checked the file", context.id());
    } catch (RuntimeException | Error e) {
      fail(e, config.name() + " cannot be followed: " + e);
      closing = true;
      stop.raise();
      mayHaveMore.raise();
    }
  }

  private ReplayRun runOf(ReplayInput input) {
    return new ReplayRun(
        config,
        input,
        new ReplayBatch(emitter, context.metrics()),
        new ReplayPace(config.speed(), context.clock()),
        new BadLines(context, config.onBadLine()),
        stop,
        mayHaveMore,
        () -> closing);
  }

  private void fail(Throwable cause, String message) {
    LOG.error("source {} stops: {}", context.id(), message);
    health = Health.down(message);
    finished.completeExceptionally(new SourceException(message, cause));
  }

  @Override
  public void close() {
    closing = true;
    stop.raise();
    mayHaveMore.raise();
    stopWatching.raise();
    try {
      watcher.join(GRACE_MILLIS);
      thread.join(GRACE_MILLIS);
      if (thread.isAlive()) {
        thread
            .interrupt(); // it may wait for room; nothing is lost, because position and events are
        // stored together
        thread.join(GRACE_MILLIS);
      }
      watcher.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
