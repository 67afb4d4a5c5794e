package io.sessionbridge.fleet;

import io.sessionbridge.config.ConfigException;
import io.sessionbridge.spi.EventFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A process with some of the agents. It obeys lines on standard input ({@code go}, {@code drain},
 * {@code stop}) and writes to standard output: {@code ready}, each second {@code work RUNNING
 * EMITTED DELIVERED PENDING}, and at the end {@code books} with the {@link HostBooks} of each host
 * and {@code stopped}.
 */
@Command(name = Main.WORKER, hidden = true)
final class WorkerCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);
  private static final int STARTERS = 6;
  private static final int PLAYERS = 4;

  /** Before a scenario. */
  private static final int STARTS_PER_SECOND = 50;

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
  private final List<FleetMember> agents = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Instant day = Instant.parse(midnight);
    FleetClock clock =
        new FleetClock(
            day, options.scenario.begin(), options.scenario.end(options), options.factor());
    for (int number = first; number <= last; number++) {
      Timeline timeline = Timeline.of(number, day, options);
      if (options.isWhole(number)) {
        agents.add(new FleetAgent(number, options, quoted(), timeline, clock, players));
      }
    }
    addWireHosts(day, clock);
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

  private String quoted() {
    return Arrays.stream(servers.split(",", -1)).collect(Collectors.joining("\", \"", "\"", "\""));
  }

  private void addWireHosts(Instant day, FleetClock clock) throws IOException, ConfigException {
    WireLoop loop = new WireLoop(WorkerCommand::end);
    loop.start();
    List<InetSocketAddress> addresses =
        Arrays.stream(servers.split(",", -1))
            .map(server -> server.split(":", -1))
            .map(parts -> new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
            .toList();
    EventFormat format = null;
    for (int number = first; number <= last; number++) {
      if (options.isWhole(number)) {
        continue;
      }
      Timeline timeline = Timeline.of(number, day, options);
      if (format == null) {
        format = new FleetAgent(number, options, quoted(), timeline, clock, players).format();
      }
      agents.add(
          number - first, new WireHost(number, options, timeline, clock, loop, addresses, format));
    }
  }

  private static void end(Throwable e) {
    LOG.error("the thread of the wire-level hosts fails", e);
    Runtime.getRuntime().halt(1);
  }

  /** Returns whether it was the last order. */
  private boolean obey(String order, FleetClock clock) throws Exception {
    switch (order) {
      case "go" -> {
        clock.go();
        planStarts(clock);
        var unused = players.scheduleAtFixedRate(this::report, 0, 1, TimeUnit.SECONDS);
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
    List<FleetMember> running = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      if (options.scenario.start(first + i).compareTo(options.scenario.begin()) <= 0) {
        running.add(agents.get(i));
      }
    }
    CountDownLatch left = new CountDownLatch(running.size());
    for (FleetMember agent : running) {
      starters.execute(
          () -> {
            start(agent);
            pause();
            left.countDown();
          });
    }
    left.await();
  }

  /** Wire-level hosts cost nothing to start: ten thousand connects at once are no scenario. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1000L * STARTERS / STARTS_PER_SECOND);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void planStarts(FleetClock clock) {
    for (int i = 0; i < agents.size(); i++) {
      FleetMember agent = agents.get(i);
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
  private static void start(FleetMember agent) {
    try {
      agent.start();
    } catch (Exception e) {
      LOG.error("the agent of {} cannot start", agent.hostId(), e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void report() {
    long running = agents.stream().filter(FleetMember::runs).count();
    long emitted = agents.stream().mapToLong(agent -> agent.timeline().emittedCount()).sum();
    long delivered = 0;
    long pending = 0;
    for (FleetMember agent : agents) {
      FleetMember.Totals totals = agent.totals().orElse(null);
      if (totals != null) {
        delivered += totals.delivered();
        pending += totals.pending();
      }
    }
    ChildProcess.say(
        String.format(Locale.ROOT, "work %d %d %d %d", running, emitted, delivered, pending));
  }

  /**
   * Waits until all is emitted and delivered, agent by agent: the books of each are of the first
   * moment at which it has nothing left, because its next heartbeat waits again.
   */
  private void drain() throws FleetException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<FleetMember> left = new ArrayList<>(agents);
    left.removeIf(WorkerCommand::reportsBooks);
    while (!left.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new FleetException(
            left.size()
                + " agents have not emitted and delivered all, among them "
                + left.get(0).hostId());
      }
      var unused = never.await(50, TimeUnit.MILLISECONDS);
      left.removeIf(WorkerCommand::reportsBooks);
    }
  }

  private static boolean reportsBooks(FleetMember agent) {
    List<HostBooks> books = agent.booksIfDone().orElse(List.of());
    books.forEach(one -> ChildProcess.say("books " + one.text()));
    return !books.isEmpty();
  }

  private void stopAll() throws IOException, InterruptedException {
    CountDownLatch left = new CountDownLatch(agents.size());
    for (FleetMember agent : agents) {
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
