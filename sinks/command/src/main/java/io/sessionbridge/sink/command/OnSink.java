package io.sessionbridge.sink.command;

import io.sessionbridge.event.Field;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands for events: each event once, in order, those of one session one after another. An
 * event whose command failed for good becomes a dead letter.
 */
final class OnSink implements Sink {

  /** When the agent stops: for commands that are being ended to be counted as not run. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final Rules rules;
  private final Supplier<Launcher> launchers;
  private final CommandMetrics metrics;
  private final SinkContext context;
  private final int concurrency;
  private final LateEvents late;
  private @Nullable Open open;

  /** What stands from the first connect to the close. */
  private record Open(Launcher launcher, EventCommands commands, ExecutorService workers) {}

  OnSink(
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
    BatchOutcome outcome = new BatchOutcome(batch.size());
    List<List<Integer>> sessions = bySession(batch);
    CountDownLatch running = new CountDownLatch(sessions.size());
    for (List<Integer> session : sessions) {
      present
          .workers()
          .execute(
              () -> {
                try {
                  run(session, batch, present.commands(), known, outcome);
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

  private static List<List<Integer>> bySession(List<EncodedEvent> batch) {
    Map<String, List<Integer>> sessions = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Long session = batch.get(i).event().data().get(Field.SESSION_ID);
      String key = batch.get(i).event().partitionKey() + "/" + session;
      sessions.computeIfAbsent(key, unused -> new ArrayList<>()).add(i);
    }
    return List.copyOf(sessions.values());
  }

  private static void run(
      List<Integer> session,
      List<EncodedEvent> batch,
      EventCommands commands,
      List<OnRule> rules,
      BatchOutcome outcome) {
    try {
      for (int index : session) {
        if (Thread.currentThread().isInterrupted()) {
          return; // before the next command begins
        }
        outcome.set(index, commands.run(rules, batch.get(index)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what is left of the session is not settled
    } catch (Error e) {
      outcome.broken(e);
    }
  }

  /**
   * An interrupt means that the agent stops: what has run until then is settled, so that it does
   * not run again at the next start.
   */
  private DeliveryResult stopped(Open present, BatchOutcome outcome) {
    present.workers().shutdownNow();
    awaitEnd(present.workers());
    close();
    Thread.currentThread().interrupt();
    return outcome.interrupted();
  }

  private static void awaitEnd(ExecutorService workers) {
    try {
      boolean unused = workers.awaitTermination(ENDING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // a second one says no more than the first, which the caller passes on
    }
  }

  @Override
  public Health check() {
    Health ofRules = rules.check();
    Optional<String> trouble = late.trouble();
    if (trouble.isEmpty()) {
      return ofRules;
    }
    return ofRules.isUp()
        ? Health.degraded(trouble.get())
        : new Health(ofRules.status(), ofRules.detail() + "; " + trouble.get());
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
