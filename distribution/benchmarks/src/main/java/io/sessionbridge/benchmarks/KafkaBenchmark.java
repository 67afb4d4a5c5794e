package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The agent beside a bare producer: a file into Kafka, a backlog out of the journal, and how soon
 * the first event comes after the broker's return. Each runs in a JVM of its own with the shipped
 * flags, on one core; the broker has the other.
 */
public final class KafkaBenchmark {

  private final Path folder;
  private final Pinning pinning;
  private final int events;
  private final int warmUp;
  private final int repetitions;
  private final int outageSeconds;
  private final String flags;

  private KafkaBenchmark(Options options, Path folder) throws InterruptedException {
    this.folder = folder;
    this.pinning = Pinning.find(options);
    this.events = options.number("events", 200_000);
    this.warmUp = options.number("warm-up", 800_000);
    this.repetitions = options.number("repetitions", 5);
    this.outageSeconds = options.number("outage", 5);
    this.flags = options.text("flags", "");
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "kafka");
    try {
      KafkaBenchmark benchmark = new KafkaBenchmark(options, folder);
      options.done();
      Report.machine(folder, benchmark.pinning.toString());
      benchmark.run();
    } finally {
      Folders.delete(folder);
    }
  }

  private void run() throws Exception {
    try (BrokerProcess broker = new BrokerProcess(folder.resolve("kafka"), pinning)) {
      broker.start();
      Topic bareTopic = new Topic(broker.address(), "bare");
      bareTopic.create();
      try (ReplayAgent synced = agent(broker, "fsync");
          ReplayAgent unsynced = agent(broker, "os");
          Child bare = bare(bareTopic)) {
        synced.carry(warmUp);
        unsynced.carry(warmUp);
        bare.ask("load", "fsync");
        Rounds.send(bare, warmUp);
        throughput(bare, synced, unsynced);
        new Rounds(synced, bare, events, repetitions).drain("drain of a backlog");
        firstEvent(broker, synced);
        Report.title("count by an independent consumer");
        audit(broker, "fsync", synced);
        audit(broker, "os", unsynced);
      }
    }
  }

  private ReplayAgent agent(BrokerProcess broker, String durability) throws Exception {
    Topic topic = new Topic(broker.address(), durability);
    topic.create();
    JavaCommand program = JavaCommand.withShippedFlags(flags, AgentProgram.class);
    return new ReplayAgent(
        folder.resolve(durability),
        pinning.client(program.words()),
        Target.kafka(topic),
        durability);
  }

  private Child bare(Topic topic) throws IOException {
    JavaCommand command =
        JavaCommand.withShippedFlags(flags, ProducerLoop.class, topic.broker(), topic.name());
    return new Child(pinning.client(command.words()), folder.resolve("bare.log"));
  }

  private static void audit(BrokerProcess broker, String durability, ReplayAgent agent) {
    Audit audit = TopicAudit.of(new Topic(broker.address(), durability));
    Report.say("  %s: %s", durability, audit.text(agent.sent()));
  }

  private void throughput(Child bare, ReplayAgent synced, ReplayAgent unsynced) throws IOException {
    Series bareWork = new Series();
    Series syncedWork = new Series();
    Series unsyncedWork = new Series();
    for (int i = 0; i < repetitions; i++) {
      bareWork.add(Rounds.send(bare, events));
      syncedWork.add(synced.carry(events));
      unsyncedWork.add(unsynced.carry(events));
    }
    Report.title("replay file to last acknowledgement, " + events + " events");
    bareWork.print("bare loop");
    syncedWork.printBeside("fsync", bareWork);
    unsyncedWork.printBeside("os", bareWork);
  }

  private void firstEvent(BrokerProcess broker, ReplayAgent agent) throws Exception {
    Samples millis = new Samples();
    for (int i = 0; i < repetitions; i++) {
      broker.kill();
      agent.fill(100);
      agent.askFirst();
      pause(outageSeconds);
      broker.start();
      long served = System.currentTimeMillis();
      millis.add((double) Math.max(0, agent.answerFirst() - served));
    }
    Report.title("broker away for " + outageSeconds + " s: from its return to the first event");
    Report.figure("agent", "ms", millis);
  }

  private static void pause(int seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }
}
