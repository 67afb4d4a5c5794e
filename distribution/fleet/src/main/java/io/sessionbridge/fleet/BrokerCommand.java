package io.sessionbridge.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A Kafka node (KRaft) with the settings that Kafka has by default; the first of a cluster is its
 * controller too. The agents have a listener of their own, so that their load is counted apart from
 * that of the observer and of the other brokers. Writes {@code ready}, and each second {@code
 * broker} with the numbers of {@link BrokerFigures}.
 */
@Command(name = Main.BROKER, hidden = true)
final class BrokerCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerCommand.class);

  @Mixin FleetOptions options = new FleetOptions();

  @Option(names = "--node", required = true)
  int node;

  @Option(names = "--cluster-id", required = true)
  String clusterId = "";

  @Option(names = "--port", required = true)
  int port;

  @Option(names = "--observer-port", required = true)
  int observerPort;

  @Option(names = "--controller-port", required = true)
  int controllerPort;

  @Override
  public Integer call() throws Exception {
    Path folder = options.folder.resolve("broker-" + node);
    format(folder);
    new KafkaRaftServer(new KafkaConfig(settings(folder), false), Time.SYSTEM).startup();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    var figures = timer.scheduleWithFixedDelay(BrokerCommand::report, 0, 1, TimeUnit.SECONDS);
    ChildProcess.say("ready");
    long unused = System.in.transferTo(OutputStream.nullOutputStream());
    figures.cancel(false);
    return 0;
  }

  /** An exception would end the timer. Counts are totals, so the next report includes them. */
  private static void report() {
    try {
      ChildProcess.say("broker " + BrokerFigures.read().text());
    } catch (JMException | RuntimeException e) {
      LOG.warn("no figures for a second: a bean was added or removed meanwhile", e);
    }
  }

  private void format(Path folder) throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setClusterId(clusterId)
        .setNodeId(node)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .setDirectories(List.of(folder.toString()))
        .run();
  }

  private Map<String, String> settings(Path folder) throws IOException {
    String agents = BrokerFigures.LISTENER + "://127.0.0.1:" + port;
    String observer = "OBSERVER://127.0.0.1:" + observerPort;
    String controller = "CONTROLLER://127.0.0.1:" + controllerPort;
    Map<String, String> settings = new HashMap<>();
    boolean first = node == 1;
    settings.put("process.roles", first ? "broker,controller" : "broker");
    settings.put("node.id", Integer.toString(node));
    settings.put("log.dirs", folder.toString());
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "OBSERVER");
    settings.put("listeners", agents + "," + observer + (first ? "," + controller : ""));
    settings.put("advertised.listeners", agents + "," + observer);
    settings.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,OBSERVER:PLAINTEXT,"
            + BrokerFigures.LISTENER
            + (options.tls ? ":SSL" : ":PLAINTEXT"));
    if (options.tls) {
      settings.putAll(FleetTls.brokerSettings(options.folder));
    }
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    // A killed broker is registered until its session ends; no other broker has its id here.
    settings.put("broker.session.timeout.ms", "1000");
    settings.put("broker.heartbeat.interval.ms", "200");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    return settings;
  }
}
