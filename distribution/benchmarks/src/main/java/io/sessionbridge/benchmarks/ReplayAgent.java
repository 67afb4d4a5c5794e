package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running agent with one measured sink, which gets numbered events from a file. One thread. */
final class ReplayAgent implements AutoCloseable {

  private final Path folder;
  private final Target target;
  private final AgentFiles files;
  private final String durability;
  private final Child process;
  private int sent;
  private int backlogs;

  /**
   * Starts it, and returns when it is open.
   *
   * @param command that starts {@link AgentProgram}
   * @param durability fsync or os
   */
  ReplayAgent(Path folder, List<String> command, Target target, String durability)
      throws IOException {
    this.folder = folder;
    this.target = target;
    this.durability = durability;
    this.files = new AgentFiles(folder);
    this.process = new Child(command, folder.resolveSibling(folder.getFileName() + "-agent.log"));
    open(files, target.living());
  }

  private void open(AgentFiles of, String entry) throws IOException {
    process.ask("open", of.config(durability, entry).toString());
  }

  long pid() {
    return process.pid();
  }

  /** How many events it got: those with the numbers from 0 up to but not including this. */
  int sent() {
    return sent;
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
    return process.ask(
        verb, target.sink(), next.toString(), to.input().toString(), Integer.toString(count));
  }

  /**
   * Fills a journal while the receiver is away, and measures how fast it drains into the real
   * receiver.
   */
  Work drain(int count) throws IOException {
    process.ask("close");
    AgentFiles backlog = new AgentFiles(folder.resolve("backlog-" + backlogs++));
    open(backlog, target.dead());
    replay(backlog, "fill", count);
    process.ask("close");
    open(backlog, target.living());
    Work work = Work.ofLine(process.ask("drain", target.sink(), "0"));
    process.ask("close");
    Folders.delete(backlog.data());
    open(files, target.living());
    return work;
  }

  /** Begins to wait for the next event that arrives. */
  void askFirst() throws IOException {
    process.send("first", target.sink());
  }

  /** When it arrived, in milliseconds since 1970. */
  long answerFirst() throws IOException {
    return Long.parseLong(process.answer());
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
