package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of one measured agent: its data, its configuration, and the file that it replays. */
final class AgentFiles {

  /** The format that a Kafka sink has by itself. */
  static final String KAFKA_FORMAT = "cloudevents_binary";

  private final Path folder;

  /** Makes the folder, and an empty file to begin with. */
  AgentFiles(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
    Files.createFile(input());
  }

  Path input() {
    return folder.resolve("in.jsonl");
  }

  Path configFile() {
    return folder.resolve("sessionbridge.yaml");
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Lines that wait beside the input to be moved into its place. */
  Path prepare(int from, int to) throws IOException {
    Path next = folder.resolve("next.jsonl");
    EventLines.write(next, from, to);
    return next;
  }

  /**
   * Writes a configuration with the one source and these sinks.
   *
   * @param durability fsync or os
   * @param sinks entries as in YAML, {@code id: {type: ...}}
   */
  Path config(String durability, String... sinks) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data_dir: " + quoted(data()),
                "log: {level: info}",
                "journal: {durability: " + durability + ", max_bytes: 16GiB}",
                "sources:",
                "  file: {type: replay, path: " + quoted(input()) + ", follow: true}",
                "sinks:"));
    for (String sink : sinks) {
      lines.add("  " + sink);
    }
    return Files.write(configFile(), lines);
  }

  /** A Kafka sink named {@code kafka}. */
  static String kafka(String broker, String topic) {
    return kafka(broker, topic, KAFKA_FORMAT);
  }

  static String kafka(String broker, String topic, String format) {
    return "kafka: {type: kafka, bootstrap_servers: [\""
        + broker
        + "\"], topic: "
        + topic
        + ", format: "
        + format
        + ", start: oldest}";
  }

  /** Where the file sink writes. */
  Path output() {
    return folder.resolve("out.jsonl");
  }

  /** A file sink named {@code file}. */
  String file() {
    return "file: {type: file, path: " + quoted(output()) + "}";
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }
}
