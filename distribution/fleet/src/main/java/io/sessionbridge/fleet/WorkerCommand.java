package io.sessionbridge.fleet;

import io.sessionbridge.delivery.SinkTotals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A process with some of the agents. It obeys lines on standard input ({@code go}, {@code drain},
 * {@code stop}) and tells on standard output: {@code ready}, each second {@code work RUNNING TOLD
 * DELIVERED PENDING}, and at the end {@code told} with the {@link HostBooks} of each host and
 * {@code stopped}.
 */
@Command(name = Main.WORKER, hidden = true)
final class WorkerCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);
  private static final int STARTERS = 6;
  private static final int PLAYERS = 4;
  private static final int PATIENCE_SECONDS = 180;

  @Mixin FleetOptions options = new FleetOptions();

  @Option(names = "--first", required = true)
  int first;

  @Option(names = "--last", required = true)
  int last;

  @Option(names = "--servers", required = true)
  String servers = "";

  @Option(names = "--midnight", required = true)
  String midnight = "";

  private final ScheduledExecutorService players = Executors.newScheduledThreadPool(PLAYERS);
  private final ScheduledExecutorService starters = Executors.newScheduledThreadPool(STARTERS);
  private final List<FleetAgent> agents = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Instant day = Instant.parse(midnight);
    FleetClock clock = new FleetClock(day, options.scenario.begin(), options.factor());
    for (int number = first; number <= last; number++) {
      Timeline timeline = Timeline.of(number, day, options);
      agents.add(new FleetAgent(number, options, servers, timeline, clock, players));
    }
    startThoseThatRun();
    ChildProcess.say("ready");
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        if (obey(order, clock)) {
          return 0;
        }
      }
    }
    return 1; // the parent is gone
  }

  /** Returns whether it was the last order. */
  private boolean obey(String order, FleetClock clock) throws Exception {
    switch (order) {
      case "go" -> {
        clock.go();
        planStarts(clock);
        var unused = players.scheduleAtFixedRate(this::tell, 0, 1, TimeUnit.SECONDS);
        return false;
      }
      case "drain" -> {
        drain();
        ChildProcess.say("drained");
        return false;
      }
      case "stop" -> {
        stopAll();
        ChildProcess.say("stopped");
        return true;
      }
      default -> throw new FleetException("unknown order: " + order);
    }
  }

  private void startThoseThatRun() throws InterruptedException {
    List<FleetAgent> running = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      if (options.scenario.start(first + i).compareTo(options.scenario.begin()) <= 0) {
        running.add(agents.get(i));
      }
    }
    CountDownLatch left = new CountDownLatch(running.size());
    for (FleetAgent agent : running) {
      starters.execute(
          () -> {
            start(agent);
            left.countDown();
          });
    }
    left.await();
  }

  private void planStarts(FleetClock clock) {
    for (int i = 0; i < agents.size(); i++) {
      FleetAgent agent = agents.get(i);
      Duration start = options.scenario.start(first + i);
      if (start.compareTo(options.scenario.begin()) > 0) {
        plan(clock.until(start), () -> start(agent));
      }
      options
          .scenario
          .restart(first + i, options)
          .ifPresent(
              at ->
                  plan(
                      clock.until(at),
                      () -> {
                        agent.stop();
                        start(agent);
                      }));
    }
  }

  private void plan(Duration wait, Runnable work) {
    var unused = starters.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An agent that cannot start ends the run: its host would be counted as lost. */
  private static void start(FleetAgent agent) {
    try {
      agent.start();
    } catch (Exception e) {
      LOG.error("the agent of {} cannot start", agent.hostId(), e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void tell() {
    long running = agents.stream().filter(FleetAgent::runs).count();
    long told = agents.stream().mapToLong(agent -> agent.timeline().toldCount()).sum();
    long delivered = 0;
    long pending = 0;
    for (FleetAgent agent : agents) {
      SinkTotals totals = agent.totals().orElse(null);
      if (totals != null) {
        delivered += totals.delivered();
        pending += totals.pending();
      }
    }
    ChildProcess.say(
        String.format(Locale.ROOT, "work %d %d %d %d", running, told, delivered, pending));
  }

  /**
   * Waits until all is told and delivered, agent by agent: the books of each are of the first
   * moment at which it has nothing left, because its next heartbeat waits again.
   */
  private void drain() throws FleetException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<FleetAgent> left = new ArrayList<>(agents);
    left.removeIf(WorkerCommand::tellsBooks);
    while (!left.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new FleetException(
            left.size()
                + " agents have not told and delivered all, among them "
                + left.get(0).hostId());
      }
      var unused = never.await(50, TimeUnit.MILLISECONDS);
      left.removeIf(WorkerCommand::tellsBooks);
    }
  }

  private static boolean tellsBooks(FleetAgent agent) {
    List<HostBooks> books = agent.booksIfDone().orElse(List.of());
    books.forEach(one -> ChildProcess.say("told " + one.text()));
    return !books.isEmpty();
  }

  private void stopAll() throws IOException, InterruptedException {
    CountDownLatch left = new CountDownLatch(agents.size());
    for (FleetAgent agent : agents) {
      starters.execute(
          () -> {
            agent.stop();
            left.countDown();
          });
    }
    if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(left.getCount() + " agents did not stop");
    }
  }
}
