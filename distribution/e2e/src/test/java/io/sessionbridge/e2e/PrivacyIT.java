package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends names that nothing else contains through every sink and every format, and looks for them in
 * each byte that leaves: on the wire of mosquitto, of rsyslog by RELP, of syslog by TCP and UDP, in
 * the files of Kafka's broker, in written files and in the dead letters. The same search must find
 * them when nothing is protected, or it would prove nothing.
 */
class PrivacyIT {

  private static final String KEY = "Xq7mKZ0vB3nT9wL2cR5yH8pD1sF4gJ6a";

  private static final List<String> USERS =
      List.of(
          "zoltanquux",
          "QUUXDOM",
          "quuxdom.example",
          "S-1-5-21-771771771-882882882-993993993-4711",
          "zoltan.q@quux.example",
          "0xabcdef9871");
  private static final List<String> CLIENTS =
      List.of("LAPWIBBLE", "198.51.100.77", "fe80::dead:beef:77");
  private static final List<String> HOSTS =
      List.of(
          "HOSTWUMPUS",
          "hostwumpus.cave.example",
          "cave.example",
          "DCWUMPUS",
          "wumpus-own-id",
          "bootwumpus");

  /** In a reason that is a sentence, in a field of a later version, in the id of an import. */
  private static final List<String> STRAY = List.of("sentencequux", "fieldquux", "importquux");

  private static final List<String> FORMATS =
      List.of("cloudevents", "json", "sentence", "ecs", "ocsf", "cef", "leef");

  private static final String WHO =
      "\"host_name\":\"HOSTWUMPUS\",\"host_fqdn\":\"hostwumpus.cave.example"
          + ".a-long-label-that-makes-an-event-larger-than-a-kibibyte".repeat(12)
          + "\","
          + "\"host_domain\":\"cave.example\",\"boot_id\":\"bootwumpus\",\"session_id\":2,"
          + "\"client_name\":\"LAPWIBBLE\",\"client_address\":\"198.51.100.77\","
          + "\"user_name\":\"zoltanquux\",\"user_domain\":\"QUUXDOM\","
          + "\"dns_domain\":\"quuxdom.example\",\"logon_id\":\"0xabcdef9871\","
          + "\"logon_server\":\"DCWUMPUS\",\"user_upn\":\"zoltan.q@quux.example\","
          + "\"user_sid\":\"S-1-5-21-771771771-882882882-993993993-4711\","
          + "\"station\":\"zoltanquux\",\"reason\":\"sentencequux of zoltanquux\"";

  @TempDir Path folder;
  private Bundle bundle;
  private KafkaBroker kafka;
  private final List<Process> processes = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void makeBundle() throws Exception {
    bundle = new Bundle(folder);
    TestingSecrets.write(folder.resolve("privacy.key"), KEY);
    Files.write(
        folder.resolve("in.jsonl"),
        List.of(
            line("remote_connect", 1, WHO),
            line("logon", 2, WHO),
            line("lock", 3, WHO.replace("198.51.100.77", "fe80::dead:beef:77%12")),
            line(
                "unlock",
                4,
                WHO.replace("\"user_name\":\"zoltanquux\",", "")
                    .replace("\"station\":\"zoltanquux\",", "")),
            line("shell_start", 5, WHO.replace("\"zoltanquux\",", "\"HOSTWUMPUS$\",")),
            "{\"specversion\":\"1.0\",\"id\":\"importquux-1\",\"source\":\"urn:importquux\","
                + "\"type\":\"io.sessionbridge.session.logoff.v1\","
                + "\"time\":\"2026-11-20T08:00:06Z\",\"data\":{\"kind\":\"logoff\","
                + "\"host_id\":\"hostwumpus\","
                + WHO
                + ",\"later\":\"fieldquux\"}}"));
  }

  private static String line(String kind, int second, String fields) {
    return "{\"time\":\"2026-11-20T08:00:0"
        + second
        + "Z\",\"kind\":\""
        + kind
        + "\","
        + fields
        + "}";
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void pseudonymsHideEveryName() throws Exception {
    Map<String, byte[]> left =
        run(
            "privacy: {users: pseudonym, clients: pseudonym, hosts: pseudonym,"
                + " pseudonym_key_file: privacy.key}");
    assertHides(left, List.of(USERS, CLIENTS, HOSTS, STRAY, List.of(KEY)));
    assertThat(new String(left.get("json"), UTF_8))
        .containsPattern("\"user_name\":\"u-[0-9a-f]{24}\"")
        .containsPattern("\"key_id\":\"[0-9a-f]{8}\"");
    assertThat(new String(left.get("mqtt 5"), UTF_8))
        .containsPattern("\"key_id\":\"[0-9a-f]{8}\",\"health\":");
  }

  @Test
  void leavingOutHidesUsersAndClients() throws Exception {
    Map<String, byte[]> left = run("privacy: {users: none, clients: none}");
    assertHides(left, List.of(USERS, CLIENTS, STRAY));
    assertThat(new Needles(HOSTS).in(left.get("json"))).contains("HOSTWUMPUS in UTF-8");
  }

  @Test
  void theSearchFindsWhatIsPlain() throws Exception {
    Map<String, byte[]> left = run("batch_events: 100");
    left.forEach(
        (place, bytes) ->
            assertThat(new Needles(List.of("zoltanquux")).in(bytes)).as(place).isNotEmpty());
    for (String place : List.of("json", "kafka", "mqtt 5", "mqtt 3.1.1", "relp")) {
      for (String name : Stream.of(CLIENTS, HOSTS).flatMap(List::stream).toList()) {
        assertThat(new Needles(List.of(name)).in(left.get(place)))
            .as(name + " in " + place)
            .isNotEmpty();
      }
    }
    assertThat(new Needles(STRAY).in(left.get("json"))).hasSize(STRAY.size());
  }

  @Test
  void theSearchKnowsTheEncodings() {
    Needles needles = new Needles(List.of("zoltanquux"));
    for (String text : List.of("zoltanquux", "a zoltanquux", "ab ZOLTANQUUX b", "xyz zoltanquux")) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThat(needles.in(bytes)).contains("zoltanquux in UTF-8");
      assertThat(needles.in(Base64.getEncoder().encode(bytes))).contains("zoltanquux in base64");
      assertThat(needles.in(text.getBytes(UTF_16LE))).contains("zoltanquux in UTF-16LE");
      assertThat(needles.in(HexFormat.of().formatHex(bytes).getBytes(UTF_8)))
          .contains("zoltanquux in hex");
    }
    assertThat(needles.in("zoltanquu".getBytes(UTF_8))).isEmpty();
  }

  private static void assertHides(Map<String, byte[]> left, List<List<String>> names) {
    Needles needles = new Needles(names.stream().flatMap(List::stream).toList());
    left.forEach(
        (place, bytes) -> {
          assertThat(bytes).as(place).isNotEmpty();
          assertThat(needles.in(bytes)).as(place).isEmpty();
        });
  }

  /** What left an agent whose sinks have this key, by the place where it arrived. */
  private Map<String, byte[]> run(String privacy) throws Exception {
    kafka = new KafkaBroker(Files.createDirectories(folder.resolve("kafka"))).start();
    int mosquitto = mosquitto();
    ByteRecorder mqtt5 = opened(ByteRecorder.before(mosquitto));
    ByteRecorder mqtt3 = opened(ByteRecorder.before(mosquitto));
    ByteRecorder relp = opened(ByteRecorder.before(rsyslog()));
    ByteRecorder tcp = opened(ByteRecorder.mute());
    DatagramSocket udp =
        opened(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    udp.setReceiveBufferSize(1 << 20);
    Map<String, String> sinks = new LinkedHashMap<>();
    for (String format : FORMATS) {
      sinks.put("file_" + format, "type: file, path: out." + format + ", format: " + format);
    }
    String brokers = "type: kafka, bootstrap_servers: ['" + kafka.address() + "'], topic: ";
    sinks.put("lake", brokers + KafkaBroker.TOPIC + ", compression: none");
    sinks.put("lake2", brokers + KafkaBroker.TOPIC + ", compression: none, format: ecs");
    sinks.put(
        "five",
        "type: mqtt, version: 5, format: cloudevents_binary, topics: [activity, session], server:"
            + " 'tcp://"
            + mqtt5.address()
            + "'");
    sinks.put(
        "three",
        "type: mqtt, event_topic: '<prefix>/<host>/<host_id>/<kind>', server: 'tcp://"
            + mqtt3.address()
            + "'");
    sinks.put(
        "small",
        "type: mqtt, presence: false, max_packet_bytes: 1KiB, server: 'tcp://127.0.0.1:"
            + mosquitto
            + "'");
    sinks.put(
        "relp",
        "type: syslog, transport: relp, enterprise_number: 32473, server: '"
            + relp.address()
            + "'");
    sinks.put(
        "tcp",
        "type: syslog, transport: tcp, header: rfc3164, message: cef, server: '"
            + tcp.address()
            + "'");
    sinks.put(
        "udp",
        "type: syslog, transport: udp, message: leef, max_message_bytes: 8KiB, server: '127.0.0.1:"
            + udp.getLocalPort()
            + "'");
    List<String> lines = new ArrayList<>();
    lines.add("data_dir: data");
    lines.add("host: {id: wumpus-own-id}");
    lines.add("sources: {in: {type: replay, path: in.jsonl}}");
    lines.add("sinks:");
    sinks.forEach(
        (id, keys) ->
            lines.add(
                "  " + id + ": {" + keys + ", select: {account_types: [all]}, " + privacy + "}"));
    bundle.write("c.yaml", lines.toArray(String[]::new));
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.err()).doesNotContain("pending").contains("sink small");
    Map<String, byte[]> left = new LinkedHashMap<>();
    for (String format : FORMATS) {
      left.put(format, Files.readAllBytes(folder.resolve("out." + format)));
    }
    left.put("kafka", allBytes(folder.resolve("kafka")));
    left.put("mqtt 5", mqtt5.awaitRecorded());
    left.put("mqtt 3.1.1", mqtt3.awaitRecorded());
    left.put("relp", relp.awaitRecorded());
    left.put("tcp", tcp.awaitRecorded());
    left.put("udp", datagrams(udp));
    left.put("dead letters", allBytes(folder.resolve("data/rejected")));
    return left;
  }

  private <C extends AutoCloseable> C opened(C one) {
    opened.add(one);
    return one;
  }

  private static byte[] allBytes(Path folder) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(PrivacyIT::holdsData).toList()) {
        all.write(Files.readAllBytes(file));
      }
    }
    return all.toByteArray();
  }

  /** Kafka's indexes are large and have numbers only. */
  private static boolean holdsData(Path file) {
    return Files.isRegularFile(file) && !file.toString().endsWith("index");
  }

  /** All have arrived: the agent has ended, and the loopback loses none that the buffer holds. */
  private static byte[] datagrams(DatagramSocket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.setSoTimeout(500);
    try {
      while (true) {
        socket.receive(packet);
        all.write(packet.getData(), 0, packet.getLength());
      }
    } catch (SocketTimeoutException e) {
      return all.toByteArray();
    }
  }

  private int mosquitto() throws Exception {
    int port = freePort();
    Path configuration = folder.resolve("mosquitto.conf");
    Files.write(
        configuration,
        List.of("user root", "listener " + port + " 127.0.0.1", "allow_anonymous true"));
    return start(port, RequiredTool.find("mosquitto").toString(), "-c", configuration.toString());
  }

  private int rsyslog() throws Exception {
    int port = freePort();
    Path configuration = folder.resolve("rsyslog.conf");
    Files.writeString(
        configuration,
        """
        global(maxMessageSize="64k" workDirectory="%1$s")
        module(load="imrelp")
        input(type="imrelp" maxDataSize="64k" port="%2$d")
        action(type="omfile" file="%1$s/relp.out")
        """
            .formatted(folder, port));
    return start(
        port,
        RequiredTool.find("rsyslogd").toString(),
        "-n",
        "-f",
        configuration.toString(),
        "-i",
        folder.resolve("rsyslog.pid").toString());
  }

  private int start(int port, String... command) throws Exception {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("peer-" + port + ".log").toFile())
            .start());
    Await.until(() -> answers(port));
    return port;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
