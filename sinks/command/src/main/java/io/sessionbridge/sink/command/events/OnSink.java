package io.sessionbridge.sink.command.events;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.rules.Rules;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands for events: each event once, in order, those of one session one after another. An
 * event whose command failed permanently becomes a dead letter.
 */
public final class OnSink implements Sink {

  /** How long a stop waits for interrupted commands, which count as not run. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final Rules rules;
  private final Supplier<Launcher> launchers;
  private final CommandMetrics metrics;
  private final SinkContext context;
  private final int concurrency;
  private final LateEvents late;
  private @Nullable Open open;

  /** What exists from the first connect to the close. */
  private record Open(Launcher launcher, EventCommands commands, ExecutorService workers) {}

  public OnSink(
      Rules rules,
      Supplier<Launcher> launchers,
      CommandMetrics metrics,
      SinkContext context,
      int concurrency) {
    this.rules = rules;
    this.launchers = launchers;
    this.metrics = metrics;
    this.context = context;
    this.concurrency = concurrency;
    this.late = new LateEvents(context.clock());
  }

  @Override
  public void connect() throws DeliveryException {
    List<OnRule> known = rules.now();
    Open present = open == null ? open() : open;
    open = present;
    for (OnRule rule : known) {
      Optional<String> missing = present.launcher().missing(rule.program());
      if (missing.isPresent()) {
        throw new DeliveryException(missing.get());
      }
    }
  }

  private Open open() {
    Launcher launcher = launchers.get();
    late.begin(context.clock().now());
    return new Open(
        launcher,
        new EventCommands(launcher, metrics, late, context),
        Executors.newFixedThreadPool(concurrency, this::thread));
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "command-" + context.id());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    Open present = open;
    if (present == null) {
      return DeliveryResult.unavailable(0, List.of(), "not connected");
    }
    List<OnRule> known;
    try {
      known = rules.now();
    } catch (DeliveryException e) {
      return DeliveryResult.unavailable(0, List.of(), String.valueOf(e.getMessage()));
    }
    if (Thread.interrupted()) { // while waiting for the rules
      return stopped(present, new BatchOutcome(batch.size()));
    }
    BatchOutcome outcome = new BatchOutcome(batch.size());
    BatchOrder order = new BatchOrder(batch);
    int workers = Math.min(concurrency, batch.size());
    CountDownLatch running = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      present
          .workers()
          .execute(
              () -> {
                try {
                  run(order, batch, present.commands(), known, outcome);
                } finally {
                  running.countDown();
                }
              });
    }
    try {
      running.await();
      return outcome.complete();
    } catch (InterruptedException e) {
      return stopped(present, outcome);
    }
  }

  private static void run(
      BatchOrder order,
      List<EncodedEvent> batch,
      EventCommands commands,
      List<OnRule> rules,
      BatchOutcome outcome) {
    try {
      for (OptionalInt next = order.next(); next.isPresent(); next = order.next()) {
        int index = next.getAsInt();
        Optional<EventCommands.Failure> failure = commands.run(rules, batch.get(index));
        if (failure.isPresent() && Thread.currentThread().isInterrupted()) {
          return; // possibly because of the interrupt: not settled
        }
        outcome.set(index, failure);
        order.done(index);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // its event is not settled, and its session stays busy
    } catch (Error e) {
      outcome.broken(e);
      order.end();
    }
  }

  /**
   * An interrupt means that the agent stops. Settles the commands that have ended, so that they do
   * not run again at the next start. The interrupt is cleared when this returns: the core still
   * writes the dead letters and the cursor.
   */
  private DeliveryResult stopped(Open present, BatchOutcome outcome) {
    present.workers().shutdownNow();
    awaitEnd(present.workers());
    close();
    return outcome.interrupted();
  }

  private static void awaitEnd(ExecutorService workers) {
    try {
      boolean unused = workers.awaitTermination(ENDING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // a second interrupt changes nothing
    }
  }

  @Override
  public Health check() {
    Health ofRules = rules.check();
    Optional<String> warning = late.warning();
    if (warning.isEmpty()) {
      return ofRules;
    }
    return ofRules.isUp()
        ? Health.degraded(warning.get())
        : new Health(ofRules.status(), ofRules.detail() + "; " + warning.get());
  }

  @Override
  public void close() {
    rules.close();
    Open present = open;
    if (present != null) {
      open = null;
      present.workers().shutdownNow();
      present.launcher().close();
    }
  }
}
