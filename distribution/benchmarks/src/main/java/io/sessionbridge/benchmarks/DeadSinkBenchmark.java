package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/**
 * How fast a file sink gets its events alone, beside a Kafka sink whose broker refuses connections,
 * and beside one whose broker takes them and never answers.
 */
public final class DeadSinkBenchmark {

  private final Path folder;
  private final int events;
  private final int repetitions;

  private DeadSinkBenchmark(Options options, Path folder) {
    this.folder = folder;
    this.events = options.number("events", 100_000);
    this.repetitions = options.number("repetitions", 5);
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "dead-sink");
    try {
      DeadSinkBenchmark benchmark = new DeadSinkBenchmark(options, folder);
      options.done();
      Report.machine(folder, "none");
      benchmark.run();
    } finally {
      Folders.delete(folder);
    }
  }

  private void run() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FileAgent alone = new FileAgent(folder.resolve("alone"));
        FileAgent besideRefused =
            new FileAgent(folder.resolve("refused"), dead(BrokerProcess.freePort()));
        FileAgent besideSilent =
            new FileAgent(folder.resolve("silent"), dead(silent.getLocalPort()))) {
      Series aloneWork = new Series();
      Series refusedWork = new Series();
      Series silentWork = new Series();
      for (int i = 0; i <= repetitions; i++) {
        carry(alone, aloneWork, i > 0);
        carry(besideRefused, refusedWork, i > 0);
        carry(besideSilent, silentWork, i > 0);
      }
      Report.title("file sink, " + events + " events, beside a dead Kafka sink");
      aloneWork.print("alone");
      refusedWork.printBeside("refused", aloneWork);
      silentWork.printBeside("silent", aloneWork);
    }
  }

  private static String dead(int port) {
    return AgentFiles.kafka("127.0.0.1:" + port, "nowhere");
  }

  private void carry(FileAgent agent, Series work, boolean counts) throws IOException {
    Work one = agent.carry(events);
    if (counts) {
      work.add(one);
    }
  }

  /** A running agent with a file sink, and perhaps another sink. */
  private static final class FileAgent implements AutoCloseable {
    private final AgentFiles files;
    private final Child process;
    private int sent;

    FileAgent(Path folder, String... others) throws IOException {
      this.files = new AgentFiles(folder);
      this.process =
          new Child(
              JavaCommand.withShippedFlags(AgentProgram.class).words(),
              folder.resolveSibling(folder.getFileName() + ".log"));
      String[] sinks = new String[others.length + 1];
      sinks[0] = files.file();
      System.arraycopy(others, 0, sinks, 1, others.length);
      process.ask("open", files.config("fsync", sinks).toString());
    }

    Work carry(int count) throws IOException {
      Path next = files.prepare(sent, sent + count);
      sent += count;
      return Work.ofLine(
          process.ask(
              "carry", "file", next.toString(), files.input().toString(), Integer.toString(count)));
    }

    @Override
    public void close() throws IOException {
      process.close();
    }
  }
}
