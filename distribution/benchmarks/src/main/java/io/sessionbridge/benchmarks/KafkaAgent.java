package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running agent with a Kafka sink and a topic of its own, which gets numbered events. */
final class KafkaAgent implements AutoCloseable {

  private static final String SINK = "kafka";

  private final Path folder;
  private final Topic topic;
  private final AgentFiles files;
  private final String durability;
  private final Child process;
  private int sent;
  private int backlogs;

  /**
   * Starts it, and returns when it is open.
   *
   * @param command that starts {@link AgentProgram}
   */
  KafkaAgent(Path folder, List<String> command, Topic topic, String durability) throws Exception {
    this.folder = folder;
    this.durability = durability;
    this.topic = topic;
    this.files = new AgentFiles(folder);
    topic.create();
    this.process = new Child(command, folder.resolveSibling(folder.getFileName() + "-agent.log"));
    open();
  }

  private void open() throws IOException {
    process.ask("open", config(files, topic.broker()));
  }

  private String config(AgentFiles of, String broker) throws IOException {
    return of.config(durability, AgentFiles.kafka(broker, topic.name())).toString();
  }

  long pid() {
    return process.pid();
  }

  Topic topic() {
    return topic;
  }

  /** A file with so many new events, up to their last acknowledgement. */
  Work carry(int count) throws IOException {
    return Work.ofLine(replay(files, "carry", count));
  }

  /** A file with so many new events, only into the journal. */
  void fill(int count) throws IOException {
    replay(files, "fill", count);
  }

  private String replay(AgentFiles to, String verb, int count) throws IOException {
    Path next = to.prepare(sent, sent + count);
    sent += count;
    return process.ask(verb, SINK, next.toString(), to.input().toString(), Integer.toString(count));
  }

  /**
   * Fills a journal while there is no broker, and measures how fast it drains into the real one.
   */
  Work drain(int count) throws IOException {
    process.ask("close");
    AgentFiles backlog = new AgentFiles(folder.resolve("backlog-" + backlogs++));
    process.ask("open", config(backlog, "127.0.0.1:" + BrokerProcess.freePort()));
    replay(backlog, "fill", count);
    process.ask("close");
    process.ask("open", config(backlog, topic.broker()));
    Work work = Work.ofLine(process.ask("drain", SINK));
    process.ask("close");
    Folders.delete(backlog.data());
    open();
    return work;
  }

  /** Begins to wait for the next event that arrives. */
  void tellFirst() throws IOException {
    process.tell("first", SINK);
  }

  /** When it arrived, in milliseconds since 1970. */
  long answerFirst() throws IOException {
    return Long.parseLong(process.answer());
  }

  /** What a consumer finds of everything that was ever sent. */
  String audit() {
    return TopicAudit.of(topic).text(sent);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
