package io.sessionbridge.benchmarks;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.journal.JournalConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * From the command to the line that says that the agent runs, and to the first event in its file
 * sink, without a backlog and with one that waits for an absent broker.
 */
public final class StartBenchmark {

  private final Path folder;
  private final int segments;
  private final int repetitions;

  private StartBenchmark(Options options, Path folder) {
    this.folder = folder;
    this.segments = options.number("segments", 256);
    this.repetitions = options.number("repetitions", 5);
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "start");
    try {
      StartBenchmark benchmark = new StartBenchmark(options, folder);
      options.done();
      Report.machine(folder, "none");
      benchmark.starts(0);
      benchmark.starts(benchmark.segments);
    } finally {
      Folders.delete(folder);
    }
  }

  private void starts(int backlog) throws Exception {
    AgentFiles files = new AgentFiles(folder.resolve("with-" + backlog));
    if (backlog > 0) {
      Backlog.fill(files.data(), backlog, JournalConfig.defaults().segmentBytes(), record());
    }
    String absent = AgentFiles.kafka("127.0.0.1:" + BrokerProcess.freePort(), "nowhere");
    Path config = files.config("fsync", files.file(), absent);
    Samples ready = new Samples();
    Samples first = new Samples();
    for (int i = 0; i <= repetitions; i++) {
      Files.deleteIfExists(files.output());
      try (AgentProcess agent = AgentProcess.shipped(config)) {
        double readyMillis = agent.awaitReady();
        double firstMillis = agent.awaitFirst(files.output());
        if (i > 0) {
          ready.add(readyMillis);
          first.add(firstMillis);
        }
      }
    }
    Report.title("start with a backlog of " + backlog + " segments");
    Report.figure("ready", "ms", ready);
    Report.figure("first event", "ms", first);
  }

  private static byte[] record() throws IOException {
    EventData data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "2f1c7d5e-5b2a-5c7e-9d6f-0a1b2c3d4e5f")
            .put(Field.REASON, new String(EventLines.bytes(500), StandardCharsets.US_ASCII))
            .build();
    return EventRecord.encode("file", Observation.recorded(Instant.EPOCH, data, null));
  }
}
