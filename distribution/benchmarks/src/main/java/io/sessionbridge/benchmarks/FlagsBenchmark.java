package io.sessionbridge.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What each choice of flags does to memory, start and speed. */
public final class FlagsBenchmark {

  private final Path folder;
  private final Pinning pinning;
  private final int repetitions;
  private final int settle;
  private final int events;
  private final String cases;

  /** What came of one set of flags. */
  private record Outcome(Samples ready, Samples resident, Samples peak, Series carried) {}

  private FlagsBenchmark(Options options, Path folder) throws InterruptedException {
    this.folder = folder;
    this.pinning = Pinning.find(options);
    this.repetitions = options.number("repetitions", 3);
    this.settle = options.number("settle", 20);
    this.events = options.number("events", 100_000);
    this.cases = options.text("cases", "");
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "flags");
    try {
      FlagsBenchmark benchmark = new FlagsBenchmark(options, folder);
      options.done();
      Report.machine(folder, benchmark.pinning.toString());
      benchmark.run();
    } finally {
      Folders.delete(folder);
    }
  }

  private void run() throws Exception {
    List<FlagSet> sets = new ArrayList<>(FlagSet.around(Bundle.shippedFlags()));
    if (!cases.isEmpty()) {
      sets.removeIf(set -> !List.of(cases.split(",", -1)).contains(set.name()));
    }
    Map<FlagSet, Outcome> outcomes = new HashMap<>();
    try (BrokerProcess broker = new BrokerProcess(folder.resolve("kafka"), pinning)) {
      broker.start();
      for (int i = 0; i < repetitions; i++) {
        for (FlagSet set : sets) {
          Outcome outcome =
              outcomes.computeIfAbsent(
                  set,
                  any -> new Outcome(new Samples(), new Samples(), new Samples(), new Series()));
          try (Trial trial = new Trial(set, broker, i)) {
            trial.idle(outcome);
            if (events > 0) {
              trial.busy(outcome);
            }
          }
          Report.say("done: %s, repetition %d", set.name(), i + 1);
          if (i == repetitions - 1) {
            print(set, outcome);
          }
        }
      }
    }
  }

  private static void print(FlagSet set, Outcome outcome) {
    Report.title(set.name() + ": " + String.join(" ", set.flags()));
    Report.figure("ready", "ms", outcome.ready);
    Report.figure("idle", "kB resident", outcome.resident);
    if (!outcome.peak.values().isEmpty()) {
      Report.figure("peak", "kB resident", outcome.peak);
      outcome.carried.print("carried");
    }
  }

  /** One set of flags, once. */
  private final class Trial implements AutoCloseable {
    private final FlagSet set;
    private final BrokerProcess broker;
    private final Path own;
    private final AgentFiles files;
    private final Path archive;

    Trial(FlagSet set, BrokerProcess broker, int repetition) throws Exception {
      this.set = set;
      this.broker = broker;
      this.own = Files.createDirectory(folder.resolve(set.name().replace(' ', '-') + repetition));
      this.files = new AgentFiles(own.resolve("agent"));
      this.archive = own.resolve("classes.jsa");
      Topic topic = new Topic(broker.address(), own.getFileName().toString());
      topic.create();
      files.config("fsync", files.file(), AgentFiles.kafka(broker.address(), topic.name()));
      if (set.archived()) {
        dump();
      }
    }

    /** A short life that leaves the classes it needed. */
    private void dump() throws Exception {
      try (AgentProcess agent = start(List.of("-XX:ArchiveClassesAtExit=" + archive))) {
        agent.awaitReady();
        pause(2);
      }
    }

    private List<String> flags(List<String> more) {
      List<String> flags = new ArrayList<>(set.flags());
      flags.addAll(more);
      if (Files.exists(archive)) {
        flags.add("-XX:SharedArchiveFile=" + archive);
      }
      return flags;
    }

    private AgentProcess start(List<String> more) throws Exception {
      List<String> command =
          JavaCommand.agent(flags(more), "run", "--config", files.configFile().toString())
              .words(set.environment());
      return AgentProcess.of(command);
    }

    void idle(Outcome outcome) throws Exception {
      try (AgentProcess agent = start(List.of())) {
        outcome.ready.add(agent.awaitReady());
        pause(settle);
        outcome.resident.add((double) ProcessFigures.of(agent.pid()).residentKb());
      }
    }

    /** Warm, as the Kafka benchmark does it. */
    void busy(Outcome outcome) throws Exception {
      List<String> program =
          JavaCommand.withFlags(flags(List.of()), AgentProgram.class).words(set.environment());
      Topic topic = new Topic(broker.address(), own.getFileName() + "-busy");
      topic.create();
      try (ReplayAgent agent =
          new ReplayAgent(
              own.resolve("busy"), pinning.client(program), Target.kafka(topic), "fsync")) {
        agent.carry(events);
        outcome.carried.add(agent.carry(events));
        outcome.peak.add((double) ProcessFigures.of(agent.pid()).peakKb());
      }
    }

    @Override
    public void close() throws java.io.IOException {
      Folders.delete(own);
    }
  }

  private static void pause(int seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }
}
