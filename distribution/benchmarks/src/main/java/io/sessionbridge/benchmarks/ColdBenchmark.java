package io.sessionbridge.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The speed of an agent soon after its start. On a host with some events an hour it never gets
 * faster: no method is compiled twice. A new JVM does each piece of work, after a few events.
 * Beside it, in the same round: a bare producer as cold, other flags of Java, and another agent.
 */
public final class ColdBenchmark {

  private final Path folder;
  private final Pinning pinning;
  private final int events;
  private final int warmUp;
  private final int repetitions;
  private final int settle;
  private final List<ColdCase> cases;
  private final String format;
  private final String rival;
  private final ColdArchives archives;
  private int topics;

  private ColdBenchmark(Options options, Path folder) throws Exception {
    this.folder = folder;
    this.pinning = Pinning.find(options);
    this.events = options.number("events", 60_000);
    this.warmUp = options.number("warm-up", 2_000);
    this.repetitions = options.number("repetitions", 5);
    this.settle = options.number("settle", 30);
    this.rival = options.text("rival", "");
    this.format = options.text("format", AgentFiles.KAFKA_FORMAT);
    this.archives = new ColdArchives(folder.resolve("archives"));
    this.cases =
        chosen(
            ColdCase.around(
                Bundle.shippedFlags(),
                CacheStart.of(
                    Bundle.startScript(),
                    folder.resolve("start-script"),
                    System.getProperty("java.version"))),
            List.of(options.text("cases", "shipped").split(",", -1)));
  }

  private static List<ColdCase> chosen(List<ColdCase> known, List<String> names) {
    List<ColdCase> chosen = known.stream().filter(one -> names.contains(one.name())).toList();
    if (chosen.size() != names.size()) {
      throw new IllegalArgumentException(
          "--cases takes some of "
              + String.join(",", known.stream().map(ColdCase::name).toList())
              + ", not "
              + String.join(",", names));
    }
    return chosen;
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "cold");
    try {
      ColdBenchmark benchmark = new ColdBenchmark(options, folder);
      options.done();
      Report.machine(folder, benchmark.pinning.toString());
      benchmark.speed();
      if (benchmark.settle > 0) {
        benchmark.memory();
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /** The results of one case. */
  private record Outcome(Series replay, Series drain) {

    void printBeside(Series bare) {
      replay.printBeside("replay", bare);
      replay.printCpuBeside(bare);
      drain.printBeside("drain", bare);
      drain.printCpuBeside(bare);
    }
  }

  private void speed() throws Exception {
    Series bare = new Series();
    Outcome other = new Outcome(new Series(), new Series());
    Map<ColdCase, Outcome> outcomes = new LinkedHashMap<>();
    cases.forEach(one -> outcomes.put(one, new Outcome(new Series(), new Series())));
    try (BrokerProcess broker = new BrokerProcess(folder.resolve("kafka"), pinning)) {
      broker.start();
      ColdAgent agent = new ColdAgent(folder.resolve("agent"), warmUp, events);
      List<String> filler =
          pinning.client(JavaCommand.withShippedFlags(AgentProgram.class).words());
      Path backlog = agent.backlog(filler, target(broker));
      Topic sample = topic(broker);
      // The broker is warm from here on, and the bare producer has something to send.
      agent.carry(filler, Target.kafka(sample, format));
      for (int i = 0; i < repetitions; i++) {
        bare.add(bare(sample, topic(broker)));
        for (Map.Entry<ColdCase, Outcome> entry : outcomes.entrySet()) {
          List<String> flags = archives.flags(entry.getKey(), target(broker));
          List<String> command =
              pinning.client(
                  JavaCommand.withFlags(flags, AgentProgram.class)
                      .words(entry.getKey().environment()));
          entry.getValue().replay().add(agent.carry(command, target(broker)));
          entry.getValue().drain().add(agent.drain(command, target(broker), backlog));
          Report.say("done: %s, round %d", entry.getKey().name(), i + 1);
        }
        if (!rival.isEmpty()) {
          Rival program = new Rival(rival, pinning);
          Path own = folder.resolve("rival-" + i);
          other.replay().add(program.carry(own, topic(broker), warmUp, events));
          own = folder.resolve("rival-drain-" + i);
          other.drain().add(program.drain(own, topic(broker), warmUp, events));
        }
      }
    }
    print(bare, outcomes, rival.isEmpty() ? null : other);
  }

  private void print(Series bare, Map<ColdCase, Outcome> outcomes, @Nullable Outcome other) {
    Report.title("cold: " + events + " events after " + warmUp + ", into Kafka as " + format);
    bare.print("bare loop");
    outcomes.forEach(
        (one, outcome) -> {
          Report.title(one.toString());
          outcome.printBeside(bare);
        });
    if (other != null) {
      Report.title("rival: " + rival);
      other.printBeside(bare);
    }
  }

  private Topic topic(BrokerProcess broker) throws Exception {
    Topic topic = new Topic(broker.address(), "cold-" + topics++);
    topic.create();
    return topic;
  }

  private Target target(BrokerProcess broker) throws Exception {
    return Target.kafka(topic(broker), format);
  }

  private Work bare(Topic from, Topic to) throws Exception {
    JavaCommand command = JavaCommand.withShippedFlags(ProducerLoop.class, to.broker(), to.name());
    try (Child bare = new Child(pinning.client(command.words()), folder.resolve("bare.log"))) {
      bare.ask("load", from.name());
      Rounds.send(bare, warmUp);
      return Rounds.send(bare, events);
    }
  }

  /** Idle, with a Kafka, an MQTT and a syslog sink that are connected. */
  private void memory() throws Exception {
    Path around = Files.createDirectory(folder.resolve("memory"));
    List<AgentFiles> agents = new ArrayList<>();
    try (Receivers receivers = new Receivers(around, pinning)) {
      receivers.mqtt(ServerProcess.find("mosquitto", "cold"));
      receivers.syslog(ServerProcess.find("rsyslogd", "cold"));
      receivers.kafka(true);
      Report.title("idle after " + settle + " s, with Kafka, MQTT and syslog connected");
      for (ColdCase one : cases) {
        AgentFiles files = new AgentFiles(around.resolve("agent-" + agents.size()));
        agents.add(files);
        Path config = files.config("fsync", receivers.sinks());
        List<String> flags = archives.flagsOfProgram(one, config);
        List<String> command =
            JavaCommand.agent(flags, "run", "--config", config.toString()).words(one.environment());
        try (AgentProcess agent = AgentProcess.of(command)) {
          double ready = agent.awaitReady();
          new CountDownLatch(1).await(settle, TimeUnit.SECONDS);
          ProcessFigures figures = ProcessFigures.of(agent.pid());
          Report.say(
              "  %-20s ready %,.0f ms, resident %d kB, private dirty %d kB",
              one.name(), ready, figures.residentKb(), figures.privateDirtyKb());
        }
      }
    }
  }
}
