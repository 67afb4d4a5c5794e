package io.sessionbridge.cli.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What the agent runs with while the class cache is made. */
final class TrainingConfig {

  private static final int SESSIONS = 50;
  private static final List<String> KINDS = List.of("logon", "lock", "unlock", "logoff");
  private static final Instant FIRST = Instant.parse("2026-11-20T08:00:00Z");

  /** The port of the discard service, which hosts do not run. */
  private static final String NO_RECEIVER = "127.0.0.1:9";

  private TrainingConfig() {}

  /** Writes the configuration and its events into that folder. */
  static Path writeTo(Path folder) throws IOException {
    Files.write(
        folder.resolve("events.jsonl"),
        IntStream.range(0, SESSIONS * KINDS.size()).mapToObj(TrainingConfig::event).toList());
    return Files.writeString(
        folder.resolve("training.yaml"),
        """
        data_dir: %1$s
        sources:
          recorded: {type: replay, path: %2$s}
        sinks:
          file: {type: file, path: %3$s}
          kafka: {type: kafka, bootstrap_servers: ["%4$s"], topic: events}
          mqtt: {type: mqtt, server: "tcp://%4$s", topic_prefix: events}
          syslog: {type: syslog, transport: relp, server: "%4$s"}
        """
            .formatted(
                quoted(folder.resolve("data")),
                quoted(folder.resolve("events.jsonl")),
                quoted(folder.resolve("written.jsonl")),
                NO_RECEIVER));
  }

  private static String event(int number) {
    return "{\"time\":\"%s\",\"kind\":\"%s\",\"session_id\":%d,\"user_name\":\"training\"}"
        .formatted(
            FIRST.plus(Duration.ofMinutes(number)),
            KINDS.get(number % KINDS.size()),
            number / KINDS.size() + 1);
  }

  private static String quoted(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }
}
