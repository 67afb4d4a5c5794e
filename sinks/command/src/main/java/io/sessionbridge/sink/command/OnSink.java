package io.sessionbridge.sink.command;

import io.sessionbridge.event.Field;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.StateSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands for events: each event once, in order, those of one session one after another. An
 * event whose command failed for good becomes a dead letter.
 */
final class OnSink implements StateSink {

  private final Rules rules;
  private final Supplier<Launcher> launchers;
  private final CommandMetrics metrics;
  private final SinkContext context;
  private final int concurrency;
  private @Nullable Launcher launcher;
  private @Nullable ExecutorService workers;
  private volatile Optional<HostState> board;

  OnSink(
      Rules rules,
      Supplier<Launcher> launchers,
      CommandMetrics metrics,
      SinkContext context,
      int concurrency,
      Optional<HostState> board) {
    this.rules = rules;
    this.launchers = launchers;
    this.metrics = metrics;
    this.context = context;
    this.concurrency = concurrency;
    this.board = board;
  }

  @Override
  public void connect() throws DeliveryException {
    List<OnRule> known = rules.now();
    if (launcher == null) {
      launcher = launchers.get();
      workers = Executors.newFixedThreadPool(concurrency, this::thread);
    }
    for (OnRule rule : known) {
      Optional<String> missing = launcher.missing(rule.program());
      if (missing.isPresent()) {
        throw new DeliveryException(missing.get());
      }
    }
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "command-" + context.id());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void show(HostState now) {
    board = Optional.of(now);
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    Launcher open = launcher;
    ExecutorService pool = workers;
    if (open == null || pool == null) {
      return DeliveryResult.unavailable(0, List.of(), "not connected");
    }
    List<OnRule> known;
    try {
      known = rules.now();
    } catch (DeliveryException e) {
      return DeliveryResult.unavailable(0, List.of(), String.valueOf(e.getMessage()));
    }
    EventCommands commands = new EventCommands(known, open, metrics, context, board);
    List<Future<List<Rejection>>> works = new ArrayList<>();
    for (List<Integer> session : bySession(batch)) {
      works.add(pool.submit(() -> run(session, batch, commands)));
    }
    return settled(batch.size(), works);
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

  private static List<Rejection> run(
      List<Integer> session, List<EncodedEvent> batch, EventCommands commands)
      throws InterruptedException {
    List<Rejection> rejected = new ArrayList<>();
    for (int index : session) {
      commands
          .run(batch.get(index))
          .ifPresent(
              failure -> rejected.add(new Rejection(index, failure.reason(), failure.output())));
    }
    return rejected;
  }

  private static DeliveryResult settled(int size, List<Future<List<Rejection>>> works)
      throws InterruptedException {
    List<Rejection> rejected = new ArrayList<>();
    try {
      for (Future<List<Rejection>> work : works) {
        rejected.addAll(work.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("a command was interrupted");
      }
      throw new IllegalStateException("a defect of the sink: " + e.getCause(), e);
    } finally {
      works.forEach(work -> work.cancel(true)); // of effect only if this thread is interrupted
    }
    return DeliveryResult.settled(size, rejected);
  }

  @Override
  public Health check() {
    return rules.check();
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
      workers = null;
    }
    if (launcher != null) {
      launcher.close();
      launcher = null;
    }
  }
}
