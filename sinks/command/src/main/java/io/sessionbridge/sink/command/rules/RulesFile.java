package io.sessionbridge.sink.command.rules;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.sink.command.writers.FileWriters;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.SinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in a file, possibly on a share. The file is read when an event arrives, at most every few
 * seconds, on a separate thread: a share may block its reader for minutes. While the file cannot be
 * read, has mistakes, or may be changed by others than administrators, the last valid rules stay in
 * use. A copy of them survives a restart of the agent.
 */
public final class RulesFile implements Rules {

  private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

  /** One read serves a burst of events. */
  static final Duration CACHE = Duration.ofSeconds(5);

  /** How long events wait for one read of a slow share. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private static final long THREAD_IDLE_SECONDS = 10;

  private static final String NOT_READ = "rules_file: not read yet";

  private final Path file;
  private final RulesLoader loader;
  private final Clock clock;
  private final Duration maxWait;

  /** At most one thread, even while a read hangs. It ends when idle. */
  private final ThreadPoolExecutor reading =
      new ThreadPoolExecutor(
          1,
          1,
          THREAD_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(1),
          RulesFile::thread);

  private volatile @Nullable Future<?> read;
  private volatile long readAt;
  private volatile RulesLoader.@Nullable Loaded latest;

  /** Reads nothing yet. */
  RulesFile(Path file, RulesLoader loader, Clock clock, Duration maxWait) {
    this.file = file;
    this.loader = loader;
    this.clock = clock;
    this.maxWait = maxWait;
    reading.allowCoreThreadTimeOut(true);
  }

  /**
   * The rules of a sink.
   *
   * @param missing what this machine or the agent lacks for a program; empty if nothing
   */
  public static RulesFile of(
      Path file,
      RulesShare share,
      SinkContext context,
      Function<Program, Optional<String>> missing) {
    RuleCheck check = new RuleCheck(context.hidden(), missing);
    RulesLoader loader =
        new RulesLoader(
            file,
            new RulesCopy(context.dataFolder(), file, share),
            FileWriters.reader(share),
            check,
            context.clock());
    return new RulesFile(file, loader, context.clock(), MAX_WAIT);
  }

  /**
   * The rules that are in a file now; changes nothing. Waits for the share.
   *
   * @param hidden whose names privacy hides from the sink
   * @param missing what this machine or the agent lacks for a program; empty if nothing
   */
  public static List<OnRule> read(
      Path file, RulesShare share, Set<String> hidden, Function<Program, Optional<String>> missing)
      throws DeliveryException {
    return new RulesReader(file, FileWriters.reader(share), new RuleCheck(hidden, missing)).read();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "command-rules");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public List<OnRule> now() throws DeliveryException {
    refresh();
    RulesLoader.Loaded known = latest;
    Optional<List<OnRule>> rules = known == null ? Optional.empty() : known.rules();
    if (rules.isPresent()) {
      return rules.get();
    }
    throw new DeliveryException(
        hangs().or(() -> known == null ? Optional.empty() : known.failure()).orElse(NOT_READ));
  }

  private void refresh() {
    Future<?> running = read;
    if (running != null) {
      if (!running.isDone()) {
        return; // events have waited for this read already
      }
      await(running);
    }
    long nanos = clock.nanoTime();
    RulesLoader.Loaded known = latest;
    boolean fresh = nanos - readAt < CACHE.toNanos();
    if (fresh && known != null && known.rules().isPresent()) {
      return;
    }
    readAt = nanos;
    Future<?> started = reading.submit(() -> latest = loader.load(early -> latest = early));
    read = started;
    await(started);
  }

  private void await(Future<?> started) {
    try {
      started.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
      read = null;
    } catch (TimeoutException e) {
      LOG.debug("{} answers late", file); // the next event checks again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      read = null;
      throw new IllegalStateException(
          "unexpected failure while reading the rules file: " + e.getCause(), e);
    }
  }

  /** That a read has not returned; empty if none is running. */
  private Optional<String> hangs() {
    Future<?> running = read;
    if (running == null || running.isDone()) {
      return Optional.empty();
    }
    long seconds = Duration.ofNanos(clock.nanoTime() - readAt).toSeconds();
    return Optional.of("rules_file: " + file + " has not answered for " + seconds + " s");
  }

  @Override
  public Health check() {
    RulesLoader.Loaded known = latest;
    Optional<String> hangs = hangs();
    if (hangs.isEmpty()) {
      return known == null ? Health.degraded(NOT_READ) : known.health();
    }
    boolean stay = known != null && known.rules().isPresent();
    return Health.degraded(hangs.get() + (stay ? "; the last valid rules stay in use" : ""));
  }

  @Override
  public void close() {
    reading.shutdownNow();
  }
}
