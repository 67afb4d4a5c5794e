package io.sessionbridge.demo;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node, broker and controller in one, on the loopback address. */
final class Broker {

  /** Deletes nothing by age: an agent whose clock is slow sends records with old times. */
  private static final Map<String, String> KEEP_ALL = Map.of("retention.ms", "-1");

  private static final int NODE_ID = 1;
  private static final int SECONDS_TO_SERVE = 30;

  private final Path folder;
  private final int port;

  Broker(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Returns when the node has registered with itself and listens. */
  void start() throws Exception {
    // Only this process connects to the controller, so its port may differ at each start.
    KafkaConfig config =
        new KafkaConfig(BrokerSettings.of(NODE_ID, folder, port, FreePort.find()), false);
    format();
    new KafkaRaftServer(config, Time.SYSTEM).startup();
  }

  private void format() throws Exception {
    // Written last by the formatter, with a rename: it is there only if all the rest is.
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE_ID)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(folder.toString())
        .setDirectories(List.of(folder.toString()))
        .run();
  }

  /** Creates the topic if it is not there, and returns when all its partitions answer. */
  void provide(String topic, int partitions) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", BrokerSettings.HOST + ":" + port))) {
      NewTopic made = new NewTopic(topic, Optional.of(partitions), Optional.of((short) 1));
      create(admin, made.configs(KEEP_ALL));
      admin
          .listOffsets(
              IntStream.range(0, partitions)
                  .mapToObj(number -> new TopicPartition(topic, number))
                  .collect(Collectors.toMap(partition -> partition, any -> OffsetSpec.latest())))
          .all()
          .get(SECONDS_TO_SERVE, TimeUnit.SECONDS);
    }
  }

  private static void create(Admin admin, NewTopic topic) throws Exception {
    try {
      admin.createTopics(List.of(topic)).all().get(SECONDS_TO_SERVE, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
