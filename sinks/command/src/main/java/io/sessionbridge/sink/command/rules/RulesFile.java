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
 * Rules in a file, perhaps on a share. It is read when an event comes, at most every few seconds,
 * by a thread of its own: a share may let its reader wait for minutes. While it cannot be read, is
 * wrong, or may be changed by others than administrators, the rules that were good last stay; a
 * copy of them survives a restart of the agent.
 */
public final class RulesFile implements Rules {

  private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

  /** For a burst of events the share is asked once. */
  static final Duration CACHE = Duration.ofSeconds(5);

  /** Events wait so long for a share that answers late, once for each time it is asked. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long THREAD_IDLE_SECONDS = 10;

  private static final String NOT_READ = "rules_file: not read yet";

  private final Path file;
  private final RulesLook look;
  private final Clock clock;
  private final Duration patience;

  /** At most one thread, which ends when nothing is to be read; one that hangs has no second. */
  private final ThreadPoolExecutor reading =
      new ThreadPoolExecutor(
          1,
          1,
          THREAD_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(1),
          RulesFile::thread);

  private volatile @Nullable Future<?> asked;
  private volatile long askedAt;
  private volatile RulesLook.@Nullable Found found;

  /** Reads nothing yet. */
  RulesFile(Path file, RulesLook look, Clock clock, Duration patience) {
    this.file = file;
    this.look = look;
    this.clock = clock;
    this.patience = patience;
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
    RuleJudge judge = new RuleJudge(context.hidden(), missing);
    RulesLook look =
        new RulesLook(
            file,
            new RulesCopy(context.dataFolder(), file, share),
            FileWriters.reader(share),
            judge,
            context.clock());
    return new RulesFile(file, look, context.clock(), PATIENCE);
  }

  /**
   * The rules that are in a file now; changes nothing. Waits for the share.
   *
   * @param hidden whose names the sink does not get as they are
   * @param missing what this machine or the agent lacks for a program; empty if nothing
   */
  public static List<OnRule> read(
      Path file,
      RulesShare share,
      Set<String> hidden,
      Function<Program, Optional<String>> missing)
      throws DeliveryException {
    return new RulesReader(file, FileWriters.reader(share), new RuleJudge(hidden, missing)).read();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "command-rules");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public List<OnRule> now() throws DeliveryException {
    ask();
    RulesLook.Found known = found;
    Optional<List<OnRule>> rules = known == null ? Optional.empty() : known.rules();
    if (rules.isPresent()) {
      return rules.get();
    }
    throw new DeliveryException(
        hangs().or(() -> known == null ? Optional.empty() : known.trouble()).orElse(NOT_READ));
  }

  private void ask() {
    Future<?> running = asked;
    if (running != null) {
      if (!running.isDone()) {
        return; // it was waited for
      }
      await(running);
    }
    long nanos = clock.nanoTime();
    RulesLook.Found known = found;
    boolean fresh = nanos - askedAt < CACHE.toNanos();
    if (fresh && known != null && known.rules().isPresent()) {
      return;
    }
    askedAt = nanos;
    Future<?> begun = reading.submit(() -> found = look.look(early -> found = early));
    asked = begun;
    await(begun);
  }

  private void await(Future<?> begun) {
    try {
      begun.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      asked = null;
    } catch (TimeoutException e) {
      LOG.debug("{} answers late", file); // who asks next looks again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      asked = null;
      throw new IllegalStateException("a defect of the rules file: " + e.getCause(), e);
    }
  }

  /** That the file is waited for; empty if it is not. */
  private Optional<String> hangs() {
    Future<?> running = asked;
    if (running == null || running.isDone()) {
      return Optional.empty();
    }
    long seconds = Duration.ofNanos(clock.nanoTime() - askedAt).toSeconds();
    return Optional.of("rules_file: " + file + " has not answered for " + seconds + " s");
  }

  @Override
  public Health check() {
    RulesLook.Found known = found;
    Optional<String> hangs = hangs();
    if (hangs.isEmpty()) {
      return known == null ? Health.degraded(NOT_READ) : known.health();
    }
    boolean stay = known != null && known.rules().isPresent();
    return Health.degraded(hangs.get() + (stay ? "; the last good rules stay" : ""));
  }

  @Override
  public void close() {
    reading.shutdownNow();
  }
}
