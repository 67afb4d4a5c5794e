package io.sessionbridge.benchmarks;

import io.sessionbridge.benchmarks.RsyslogProcess.Input;
import io.sessionbridge.benchmarks.RsyslogProcess.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The receivers for an agent that is measured as a whole, and its sinks. One thread. */
final class Receivers implements AutoCloseable {

  /** A receiver to close; the last added is closed first. */
  private interface Part {
    void close() throws IOException;
  }

  private final Path folder;
  private final Pinning pinning;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final List<String> sinks = new ArrayList<>();

  Receivers(Path folder, Pinning pinning) {
    this.folder = folder;
    this.pinning = pinning;
  }

  /** The sinks for what was added, as entries of the configuration. */
  String[] sinks() {
    return sinks.toArray(String[]::new);
  }

  void add(String sink) {
    sinks.add(sink);
  }

  /**
   * Adds a Kafka broker.
   *
   * @param up whether it is there, or only the sink
   */
  Topic kafka(boolean up) throws Exception {
    BrokerProcess broker = new BrokerProcess(folder.resolve("kafka"), pinning);
    Topic topic = new Topic(broker.address(), "footprint");
    if (up) {
      parts.push(broker::close);
      broker.start();
      topic.create();
    }
    add(AgentFiles.kafka(topic.broker(), topic.name()));
    return topic;
  }

  /** Adds a Mosquitto; returns its URL. */
  String mqtt(String program) throws IOException {
    MosquittoProcess broker = new MosquittoProcess(program, folder.resolve("mosquitto"), pinning);
    parts.push(broker::close);
    add(Target.mqtt(broker.url(), "cloudevents").living());
    return broker.url();
  }

  /** Adds an rsyslogd with RELP. */
  void syslog(String program) throws IOException, InterruptedException {
    var unused = syslog(program, Line.ID, "sentence");
  }

  /**
   * Adds an rsyslogd with RELP.
   *
   * @param line what it writes of each message
   * @param message the format of the text
   */
  Input syslog(String program, Line line, String message) throws IOException, InterruptedException {
    RsyslogProcess rsyslog = new RsyslogProcess(program, folder.resolve("rsyslog"));
    Input input = rsyslog.input("relp", SyslogTransport.RELP, line);
    parts.push(rsyslog::close);
    rsyslog.start(pinning);
    add(Target.syslog(input, rsyslog.certificate(), message).living());
    return input;
  }

  @Override
  public void close() throws IOException {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
