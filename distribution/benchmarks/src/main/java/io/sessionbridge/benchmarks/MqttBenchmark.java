package io.sessionbridge.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The agent beside a bare Paho client: a file into Mosquitto with QoS 1, and a backlog out of the
 * journal. Each runs in a JVM of its own with the shipped flags, on one core; the broker has the
 * other.
 */
public final class MqttBenchmark {

  /** As many as the bare loop holds in memory. */
  private static final int RECORDED = 5_000;

  private final Path folder;
  private final Pinning pinning;
  private final int events;
  private final int warmUp;
  private final int repetitions;
  private final String format;
  private final String flags;

  private MqttBenchmark(Options options, Path folder) throws InterruptedException {
    this.folder = folder;
    this.pinning = Pinning.find(options);
    this.events = options.number("events", 200_000);
    this.warmUp = options.number("warm-up", 400_000);
    this.repetitions = options.number("repetitions", 5);
    this.format = options.text("format", "cloudevents");
    this.flags = options.text("flags", "");
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    String mosquitto = ServerProcess.find("mosquitto", "mqtt");
    Path folder = Folders.make(options, "mqtt");
    try {
      MqttBenchmark benchmark = new MqttBenchmark(options, folder);
      options.done();
      Report.machine(folder, benchmark.pinning.toString());
      benchmark.run(mosquitto);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(String mosquitto) throws Exception {
    try (MosquittoProcess broker =
            new MosquittoProcess(mosquitto, folder.resolve("mosquitto"), pinning);
        ReplayAgent agent = agent(broker);
        Child bare = bare(broker)) {
      bare.ask("load", record(broker, agent).toString());
      agent.carry(warmUp);
      Rounds.send(bare, warmUp);
      Rounds rounds = new Rounds(agent, bare, events, repetitions);
      rounds.replay("replay file to last acknowledgement");
      rounds.drain("drain of a backlog");
      Report.title("count by an independent subscriber, " + events + " events each, not timed");
      Report.say("  replay: %s", count(broker, () -> agent.carry(events)));
      Report.say("  drain: %s", count(broker, () -> agent.drain(events)));
    }
  }

  private ReplayAgent agent(MosquittoProcess broker) throws IOException {
    JavaCommand program = JavaCommand.withShippedFlags(flags, AgentProgram.class);
    return new ReplayAgent(
        folder.resolve("mqtt"),
        pinning.client(program.words()),
        Target.mqtt(broker.url(), format),
        "fsync");
  }

  private Child bare(MosquittoProcess broker) throws IOException {
    JavaCommand command = JavaCommand.withShippedFlags(flags, PublishLoop.class, broker.url());
    return new Child(pinning.client(command.words()), folder.resolve("bare.log"));
  }

  /** What the agent publishes, for the bare loop to publish the same. */
  private Path record(MosquittoProcess broker, ReplayAgent agent) throws Exception {
    Path recorded = folder.resolve("recorded");
    try (BufferedWriter out = Files.newBufferedWriter(recorded);
        Subscriber subscriber =
            new Subscriber(broker.url(), (topic, body) -> write(out, topic, body))) {
      agent.carry(RECORDED);
      subscriber.catchUp();
    }
    return recorded;
  }

  private static void write(BufferedWriter out, String topic, byte[] body) {
    try {
      out.write(topic + "\t" + new String(body, StandardCharsets.UTF_8) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Delivery {
    Work run() throws IOException;
  }

  /** A subscriber takes the broker's core too, so nothing is timed while there is one. */
  private String count(MosquittoProcess broker, Delivery delivery) throws Exception {
    Audit audit = new Audit();
    try (Subscriber subscriber =
        new Subscriber(broker.url(), (topic, body) -> take(topic, body, audit))) {
      delivery.run();
      subscriber.catchUp();
    }
    return audit.text(events);
  }

  private static void take(String topic, byte[] body, Audit audit) {
    int number = EventLines.number(new String(body, StandardCharsets.UTF_8));
    if (number >= 0) {
      String host = topic.split("/", -1)[1];
      audit.take(host, number, body.length);
    }
  }
}
