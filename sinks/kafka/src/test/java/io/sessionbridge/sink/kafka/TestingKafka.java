package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker (KRaft, one node) in the process of the tests, on ports and in a folder that stay
 * the same over a restart. Topics are never created by asking for them.
 */
final class TestingKafka implements AutoCloseable {

  private static final String STARTED = "started";

  private final Map<String, String> extra = new HashMap<>();
  private final List<String> scramUsers = new ArrayList<>();
  private final int port = freePort();
  private final int controllerPort = freePort();
  private final int saslPort = freePort();
  private final int tlsPort = freePort();
  private Path folder;
  private KafkaRaftServer server;
  private Process process;

  /** Creates a broker, which is not started yet. */
  TestingKafka(Path folder) {
    this.folder = folder;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a setting of the broker; before the start. */
  TestingKafka with(String name, String value) {
    extra.put(name, value);
    return this;
  }

  /** Adds a user of the SASL listener; before the first start. */
  TestingKafka withScramUser(String name, String password) {
    scramUsers.add("SCRAM-SHA-512=[name=" + name + ",password=" + password + "]");
    return this;
  }

  int port() {
    return port;
  }

  /** {@code 127.0.0.1:port}, no encryption, no login. */
  String server() {
    return "127.0.0.1:" + port;
  }

  /** The listener that requires a login. */
  String saslServer() {
    return "127.0.0.1:" + saslPort;
  }

  /** The TLS listener, if {@code ssl.keystore.*} is set; the caller chooses the host name. */
  String tlsServer(String host) {
    return host + ":" + tlsPort;
  }

  TestingKafka start() {
    format();
    server = started(settings());
    return this;
  }

  /** Starts in its own process, so that its threads do not count as threads of the tests. */
  TestingKafka startApart() throws IOException {
    format();
    Path file = folder.resolve("testing.properties");
    Properties properties = new Properties();
    properties.putAll(settings());
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TestingKafka.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader(UTF_8).readLine();
    if (!STARTED.equals(line)) {
      throw new IOException("the broker says " + line);
    }
    return this;
  }

  /** Runs a broker with the settings of a file until its input ends. */
  public static void main(String... files) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(files[0]))) {
      properties.load(in);
    }
    KafkaRaftServer server = started(properties);
    System.out.println(STARTED);
    long unused = System.in.transferTo(OutputStream.nullOutputStream());
    server.shutdown();
    server.awaitShutdown();
  }

  private static KafkaRaftServer started(Map<?, ?> settings) {
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return server;
  }

  private void format() {
    try {
      Formatter formatter =
          new Formatter()
              .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
              .setClusterId(Uuid.randomUuid().toString())
              .setNodeId(1)
              .setControllerListenerName("CONTROLLER")
              .setMetadataLogDirectory(folder.toString())
              .setDirectories(List.of(folder.toString()))
              .setIgnoreFormatted(true)
              .setScramArguments(scramUsers);
      if (!folder.resolve("meta.properties").toFile().exists()) {
        formatter.run();
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + folder, e);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    List<String> listeners =
        new ArrayList<>(List.of("PLAINTEXT://" + server(), "SASL_PLAINTEXT://" + saslServer()));
    if (extra.containsKey("ssl.keystore.location")) {
      listeners.add("SSL://" + tlsServer("127.0.0.1"));
    }
    String advertised = String.join(",", listeners);
    settings.put("listeners", advertised + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", advertised);
    settings.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL");
    settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
    settings.put(
        "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put(
        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required;");
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("log.initial.task.delay.ms", "100");
    settings.put("controlled.shutdown.enable", "false");
    settings.putAll(extra);
    return settings;
  }

  void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Restarts with an empty disk; the old folder is not used any more. */
  void startEmpty(Path emptyFolder) {
    folder = emptyFolder;
    start();
  }

  void createTopic(String name, Map<String, String> settings) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings)))
          .all()
          .get();
    }
  }

  void allowWriting(String user, String topic) throws Exception {
    try (Admin admin = admin()) {
      List<AclBinding> rights =
          Stream.of(AclOperation.WRITE, AclOperation.DESCRIBE)
              .map(
                  right ->
                      new AclBinding(
                          new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                          new AccessControlEntry(
                              "User:" + user, "*", right, AclPermissionType.ALLOW)))
              .collect(Collectors.toList());
      admin.createAcls(rights).all().get();
    }
  }

  private Admin admin() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", server());
    return Admin.create(properties);
  }

  /** Reads the whole topic. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", server());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    stop();
  }
}
