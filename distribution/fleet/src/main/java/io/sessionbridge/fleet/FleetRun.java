package io.sessionbridge.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * One run: a broker and workers as processes, this process as the observer. The broker's numbers
 * are counted from the moment at which the fleet's clock starts.
 */
final class FleetRun {

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration TO_DRAIN = Duration.ofMinutes(10);

  private final FleetOptions options;
  private final Consumer<String> progress;
  private final List<Series> series;
  private final List<ChildProcess> brokers = new ArrayList<>();
  private final String clusterId = Uuid.randomUuid().toString();
  private final List<HostBooks> books = new ArrayList<>();
  private final List<ChildProcess> workers = new ArrayList<>();
  private final long[][] work;
  private List<Integer> ports = List.of();
  private Duration brokerCpuOfTheDead = Duration.ZERO;
  private long highestPending;

  FleetRun(FleetOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.work = new long[options.workers][4];
    this.series = Stream.generate(Series::new).limit(options.brokers).toList();
  }

  FleetReport run() throws IOException, FleetException, InterruptedException {
    requireEmpty();
    if (options.tls) {
      FleetTls.create(options.folder);
    }
    try (Ports reserved = Ports.reserve(1 + 2 * options.brokers)) {
      ports = reserved.numbers();
      return runWithPorts();
    }
  }

  private FleetReport runWithPorts() throws IOException, FleetException, InterruptedException {
    try {
      startBrokers();
      createTopic();
      try (TopicReader reader = new TopicReader(servers(2), options.partitions)) {
        reader.start();
        startWorkers();
        return play(reader);
      }
    } finally {
      workers.forEach(ChildProcess::close);
      brokers.forEach(ChildProcess::close);
    }
  }

  private void requireEmpty() throws IOException, FleetException {
    Files.createDirectories(options.folder);
    try (Stream<Path> content = Files.list(options.folder)) {
      if (content.findAny().isPresent()) {
        throw new FleetException(
            options.folder + " must be empty: delete it or name another --folder");
      }
    }
  }

  private void startBrokers() throws IOException, FleetException, InterruptedException {
    for (int i = 0; i < options.brokers; i++) {
      List<String> arguments = new ArrayList<>(List.of(Main.BROKER));
      arguments.addAll(options.arguments());
      arguments.addAll(List.of("--node", Integer.toString(i + 1), "--cluster-id", clusterId));
      arguments.addAll(List.of("--port", Integer.toString(ports.get(1 + 2 * i))));
      arguments.addAll(List.of("--observer-port", Integer.toString(ports.get(2 + 2 * i))));
      arguments.addAll(List.of("--controller-port", Integer.toString(ports.get(0))));
      series.get(i).restarted();
      brokers.add(
          ChildProcess.start(
              "broker " + (i + 1),
              List.of("-Xmx" + (options.brokers == 1 ? "1g" : "600m")),
              arguments,
              options.folder.resolve("broker-" + (i + 1) + ".log"),
              series.get(i)::accept));
    }
    for (ChildProcess broker : brokers) {
      broker.await("ready", TO_START);
    }
  }

  private void createTopic() throws FleetException, InterruptedException {
    short copies = (short) Math.min(3, options.brokers);
    NewTopic topic =
        new NewTopic(FleetOptions.TOPIC, Optional.of(options.partitions), Optional.of(copies));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers(2)))) {
      admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FleetException("the topic cannot be created: " + e);
    }
  }

  /**
   * The addresses of a listener.
   *
   * @param first 1 for agents, 2 for the observer
   */
  private String servers(int first) {
    return IntStream.range(0, options.brokers)
        .mapToObj(i -> "127.0.0.1:" + ports.get(first + 2 * i))
        .collect(Collectors.joining(","));
  }

  private void startWorkers() throws IOException, FleetException, InterruptedException {
    int agents = options.agents();
    for (int i = 0; i < options.workers; i++) {
      int number = i;
      List<String> arguments = new ArrayList<>(List.of(Main.WORKER));
      arguments.addAll(options.arguments());
      arguments.addAll(
          List.of(
              "--first",
              Integer.toString((int) ((long) agents * i / options.workers)),
              "--last",
              Integer.toString((int) ((long) agents * (i + 1) / options.workers) - 1),
              "--servers",
              servers(1),
              "--midnight",
              Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS).toString()));
      workers.add(
          ChildProcess.start(
              "worker " + i,
              List.of("-Xmx" + options.workerMemory, "-Xss256k", "-XX:+UseSerialGC"),
              arguments,
              options.folder.resolve("worker-" + i + ".log"),
              line -> accept(number, line)));
    }
    long begin = System.nanoTime();
    for (ChildProcess worker : workers) {
      worker.await("ready", TO_DRAIN);
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "%d agents of %d hosts are ready after %.0f s",
            agents,
            options.hosts,
            (System.nanoTime() - begin) / 1e9));
  }

  private synchronized void accept(int worker, String line) {
    String[] words = line.split(" ", -1);
    if (words[0].equals("books")) {
      books.add(HostBooks.parse(words, 1));
    } else if (words[0].equals("work")) {
      for (int i = 0; i < 4; i++) {
        work[worker][i] = Long.parseLong(words[i + 1]);
      }
      highestPending = Math.max(highestPending, workOf(3));
    }
  }

  private synchronized long workOf(int column) {
    long sum = 0;
    for (long[] one : work) {
      sum += one[column];
    }
    return sum;
  }

  private FleetReport play(TopicReader reader)
      throws IOException, FleetException, InterruptedException {
    Duration cpuBefore = cpuOfBrokers();
    Duration cpuOfWorkersBefore = cpuOfWorkers();
    series.forEach(Series::begin);
    long begin = System.nanoTime();
    for (ChildProcess worker : workers) {
      worker.order("go");
    }
    Optional<Duration> goes = options.scenario.brokerGoes();
    Optional<Recovery> recovery = Optional.empty();
    if (goes.isPresent()) {
      watchUntil(begin, goes.get());
      recovery = Optional.of(outage(begin, goes.get().plus(options.away)));
    }
    watchUntil(begin, options.scenario.end(options));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    long now = System.currentTimeMillis();
    Series.Sums sums = Series.merge(series.stream().map(one -> one.end(now)).toList());
    Duration cpu = cpuOfBrokers().minus(cpuBefore);
    Duration cpuOfWorkers = cpuOfWorkers().minus(cpuOfWorkersBefore);
    long resident = workers.stream().mapToLong(ChildProcess::residentKib).sum();
    long agents = workOf(0);
    finish(reader);
    synchronized (this) {
      long lost = 0;
      for (HostBooks host : books) {
        long missing = reader.lost(host);
        if (missing > 0 && lost == 0) {
          progress.accept(missing + " events are missing of " + host);
        }
        lost += missing;
      }
      return new FleetReport(
          options,
          took,
          agents,
          sums,
          List.copyOf(books),
          lost,
          reader,
          highestPending,
          recovery,
          cpu,
          cpuOfWorkers,
          resident);
    }
  }

  /**
   * How an outage ended.
   *
   * @param returnedMillis when the brokers were back, by the wall clock
   */
  record Recovery(long backlog, Duration drained, long returnedMillis) {}

  private Recovery outage(long begin, Duration returns)
      throws IOException, FleetException, InterruptedException {
    progress.accept("the broker goes");
    brokerCpuOfTheDead = cpuOfBrokers();
    for (ChildProcess running : brokers) {
      running.kill();
    }
    brokers.clear();
    watchUntil(begin, returns);
    long backlog = workOf(3);
    progress.accept("the broker returns, " + backlog + " events wait");
    startBrokers();
    long back = System.nanoTime();
    long returned = System.currentTimeMillis();
    // As many as an ordinary moment has: one for ten agents.
    while (workOf(3) > options.agents() / 10 && System.nanoTime() - back < TO_DRAIN.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Duration drained = Duration.ofNanos(System.nanoTime() - back);
    return new Recovery(backlog, drained, returned);
  }

  private void watchUntil(long begin, Duration time) throws InterruptedException {
    long end = begin + options.real(time.minus(options.scenario.begin())).toNanos();
    long left = end - System.nanoTime();
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(10)));
      left = end - System.nanoTime();
      progress.accept(
          String.format(
              Locale.ROOT,
              "%4d s: %d agents, emitted %d, pending %d, %d connections of %d accepted",
              TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
              workOf(0),
              workOf(1),
              workOf(3),
              series.stream().mapToLong(one -> one.now().connections()).sum(),
              series.stream().mapToLong(one -> one.now().created()).sum()));
    }
  }

  private Duration cpuOfBrokers() {
    return brokers.stream().map(ChildProcess::cpu).reduce(brokerCpuOfTheDead, Duration::plus);
  }

  private Duration cpuOfWorkers() {
    return workers.stream().map(ChildProcess::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  /** What was emitted before the stop must be in the topic after it. */
  private void finish(TopicReader reader) throws IOException, FleetException, InterruptedException {
    for (ChildProcess worker : workers) {
      worker.order("drain");
    }
    for (ChildProcess worker : workers) {
      worker.await("drained", TO_DRAIN);
    }
    for (ChildProcess worker : workers) {
      worker.order("stop");
    }
    for (ChildProcess worker : workers) {
      worker.await("stopped", TO_DRAIN);
    }
    reader.awaitEnd(TO_DRAIN);
  }
}
