package io.sessionbridge.benchmarks;

import io.sessionbridge.benchmarks.RsyslogProcess.Input;
import io.sessionbridge.benchmarks.RsyslogProcess.Line;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * From a line on the agent's standard input to its arrival at a subscriber of Kafka, at a
 * subscriber of Mosquitto, and in the file of an rsyslogd that receives RELP. The agent has all
 * three sinks at once and forces every event to the disk first. Events come one by one, so slowly
 * that each finds the agent idle.
 *
 * <p>Half an interval after each event a bare producer, with the settings of the agent's sink,
 * sends the same line to a topic and a consumer of its own: the share of broker and consumer.
 */
public final class LatencyBenchmark {

  private static final String PROGRAM = "latency";
  private static final int WAIT_SECONDS = 20;

  private final Path folder;
  private final int warmUp;
  private final int events;
  private final int interval;
  private final int minutes;
  private final int brokerWarmUp;

  private LatencyBenchmark(Options options, Path folder) {
    this.folder = folder;
    this.warmUp = options.number("warm-up", 5);
    this.events = options.number("events", 1000);
    this.interval = options.number("interval", 1000);
    this.minutes = options.number("minutes", 5);
    this.brokerWarmUp = options.number("broker-warm-up", 5000);
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, PROGRAM);
    try {
      LatencyBenchmark benchmark = new LatencyBenchmark(options, folder);
      Pinning pinning = Pinning.find(options);
      options.done();
      Report.machine(folder, pinning.ofReceivers());
      benchmark.run(pinning);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(Pinning pinning) throws Exception {
    int all = warmUp + events + minutes;
    try (Receivers receivers = new Receivers(folder, pinning)) {
      String mqtt = receivers.mqtt(ServerProcess.find("mosquitto", PROGRAM));
      Input syslog = receivers.syslog(ServerProcess.find("rsyslogd", PROGRAM), Line.RAW, "json");
      Topic topic = receivers.kafka(true);
      Topic bareTopic = new Topic(topic.broker(), "bare");
      bareTopic.create();
      try (Arrivals arrivals = new Arrivals(all);
          Subscriber subscriber = new Subscriber(mqtt, arrivals.ofMqtt());
          BareSender bare = new BareSender(bareTopic);
          AgentProcess agent = AgentProcess.fed(config(receivers.sinks()))) {
        arrivals.follow(topic);
        arrivals.followBare(bareTopic);
        arrivals.follow(syslog.file());
        agent.awaitReady();
        warmBroker(bare, all);
        Feed feed = new Feed(agent.input(), bare, arrivals);
        feed.send(0, warmUp, interval);
        feed.send(warmUp, warmUp + events, interval);
        feed.send(warmUp + events, all, TimeUnit.MINUTES.toMillis(1));
        arrivals.await(WAIT_SECONDS);
        subscriber.catchUp();
        if (events > 0) {
          Report.title(events + " events, one in " + interval + " ms");
          arrivals.print(warmUp, warmUp + events);
        }
        if (minutes > 0) {
          Report.title(minutes + " events, one a minute");
          arrivals.print(warmUp + events, all);
        }
      }
    }
  }

  /**
   * A broker and a consumer of their own are warm: they serve more than one agent. The agent is as
   * it is after its start.
   *
   * @param unused a number that no measured event has
   */
  private void warmBroker(BareSender bare, int unused) throws Exception {
    String line = EventLines.line(unused);
    for (int i = 0; i < brokerWarmUp; i++) {
      bare.send(line);
    }
  }

  /** Sends events to the agent and, between them, to the bare producer. */
  private record Feed(BufferedWriter input, BareSender bare, Arrivals arrivals) {

    void send(int from, int to, long intervalMillis) throws Exception {
      for (int number = from; number < to; number++) {
        String line = EventLines.line(number);
        pause(intervalMillis / 2);
        arrivals.sent(number);
        input.write(line);
        input.newLine();
        input.flush();
        pause(intervalMillis - intervalMillis / 2);
        arrivals.sentBare(number);
        bare.send(line);
      }
    }

    private static void pause(long millis) throws InterruptedException {
      new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
  }

  private Path config(String... sinks) throws IOException {
    StringBuilder text =
        new StringBuilder("data_dir: '" + folder.resolve("data") + "'\n")
            .append("sources:\n  lines: {type: replay, path: \"-\"}\nsinks:\n");
    List.of(sinks).forEach(sink -> text.append("  ").append(sink).append('\n'));
    return Files.writeString(
        folder.resolve("sessionbridge.yaml"), text.toString(), StandardCharsets.UTF_8);
  }
}
