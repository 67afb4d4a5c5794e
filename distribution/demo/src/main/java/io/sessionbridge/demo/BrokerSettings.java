package io.sessionbridge.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker's settings: those that one small node needs, and those that let it start quickly. */
final class BrokerSettings {

  static final String HOST = "127.0.0.1";
  static final String CONTROLLER = "CONTROLLER";

  private BrokerSettings() {}

  static Map<String, String> of(int nodeId, Path folder, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    addNode(settings, nodeId, folder);
    addListeners(settings, nodeId, port, controllerPort);
    addSingleCopies(settings);
    addQuickRestart(settings);
    addSmallness(settings);
    return settings;
  }

  private static void addNode(Map<String, String> settings, int nodeId, Path folder) {
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(nodeId));
    settings.put("log.dirs", folder.toString());
    // A misspelt topic shall be an error.
    settings.put("auto.create.topics.enable", "false");
  }

  private static void addListeners(
      Map<String, String> settings, int nodeId, int port, int controllerPort) {
    String clients = "PLAINTEXT://" + HOST + ":" + port;
    settings.put("listeners", clients + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", clients);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", nodeId + "@" + HOST + ":" + controllerPort);
  }

  /** The defaults want three nodes. */
  private static void addSingleCopies(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /** A killed broker stays registered until its session ends. There is no other broker. */
  private static void addQuickRestart(Map<String, String> settings) {
    settings.put("broker.session.timeout.ms", "1000");
    settings.put("broker.heartbeat.interval.ms", "200");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void addSmallness(Map<String, String> settings) {
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "1");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    // 128 MiB by default, in one piece, for compacted topics, of which there are none.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
  }
}
