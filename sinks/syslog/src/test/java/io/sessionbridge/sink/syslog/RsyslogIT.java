package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real rsyslog, with the files of the bundle. */
@Timeout(180)
class RsyslogIT {

  private static final String EVIL = "k\"i\\m]ü漢😀[a=\"b\"]";

  enum Way {
    UDP("transport: udp", "udp", 1514),
    TCP("transport: tcp", "tcp", 1514),
    LF("transport: tcp, framing: lf", "tcp", 1514),
    TLS("transport: tcp", "tls", 6514),
    RELP("transport: relp", "relp", 2514),
    RELP_TLS("transport: relp", "relp-tls", 2514);

    private final String keys;
    private final String file;
    private final int port;

    Way(String keys, String file, int port) {
      this.keys = keys;
      this.file = file;
      this.port = port;
    }

    boolean encrypts() {
      return this == TLS || this == RELP_TLS;
    }

    boolean answers() {
      return this == RELP || this == RELP_TLS;
    }
  }

  @TempDir static Path shared;
  @TempDir Path folder;
  private static String rsyslogd;
  private static TestingCertificates certificates;

  @BeforeAll
  static void find() throws Exception {
    rsyslogd = RequiredTool.find("rsyslogd").toString();
    certificates = new TestingCertificates(shared.resolve("pem")).server("server").issue("agent");
  }

  private TestingDaemon rsyslog(Way way) throws IOException {
    int port = TestingDaemon.freePort();
    Path output = folder.resolve("out.log");
    Path conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf, "global(workDirectory=\"" + folder + "\")\n" + shipped(way, port, output));
    return new TestingDaemon(
        List.of(rsyslogd, "-n", "-f", conf.toString(), "-i", folder.resolve("pid").toString()),
        Map.of(),
        port,
        way != Way.UDP,
        output);
  }

  private static String shipped(Way way, int port, Path output) throws IOException {
    ReceiverFile file =
        new ReceiverFile("rsyslog/" + way.file + ".conf")
            .with("port=\"" + way.port + "\"", "port=\"" + port + "\"")
            .with("/var/log/sessionbridge.log", output);
    if (way.encrypts()) {
      file.with("/etc/rsyslog/ca.pem", certificates.certificate("ca"))
          .with("/etc/rsyslog/siem.pem", certificates.certificate("server"))
          .with("/etc/rsyslog/siem-key.pem", certificates.key("server"));
    }
    return file.text();
  }

  private SyslogSink sink(Way way, int port, String more) {
    String tls = ", " + certificates.sinkKeys("agent");
    String yaml =
        "{server: \"localhost:"
            + port
            + "\", timeout: 10s, enterprise_number: 32473, "
            + way.keys
            + (way.encrypts() ? tls : "")
            + more
            + "}";
    return new SyslogSink(
        new TestingSinkContext(Clock.system(), folder),
        TestingConfig.read(SyslogSinkConfig.SPEC, yaml));
  }

  private static List<String> ids(List<String> lines) {
    return TestingReceiver.ids(lines);
  }

  private static List<String> firstOnes(List<String> lines) {
    return new ArrayList<>(new LinkedHashSet<>(ids(lines)));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void acceptsEveryMessageUnchanged(Way way) throws Exception {
    try (TestingDaemon rsyslog = rsyslog(way)) {
      rsyslog.start();
      TestingEvents events = new TestingEvents("sentence");
      List<EncodedEvent> all = new ArrayList<>();
      all.add(events.next(TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, EVIL).build()));
      all.addAll(events.next(way == Way.UDP ? 50 : 3000));
      try (SyslogSink sink = sink(way, rsyslog.port(), "")) {
        sink.connect();
        assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(all.size()));
        assertThat(sink.check().isUp()).isTrue();
      }
      List<String> lines = rsyslog.awaitLines(all.size());
      assertThat(ids(lines).equals(TestingEvents.ids(all)))
          .as("all of " + all.size() + ", in order, of " + lines.size() + " lines")
          .isTrue();
      TestingMessage evil = TestingMessage.parse(lines.get(0));
      assertThat(evil.data().get("sessionbridge@32473")).containsEntry("user_name", EVIL);
      assertThat(evil.text()).isEqualTo("CONTOSO\\" + EVIL + " logged on to session 2 on WS-TEST");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "UDP")
  void losesNothingWhenItIsKilled(Way way) throws Exception {
    try (TestingDaemon rsyslog = rsyslog(way)) {
      rsyslog.start();
      List<EncodedEvent> all = new TestingEvents("sentence").next(8000);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread killer = new Thread(() -> killAt(rsyslog, 2000, failure));
      killer.start();
      // Without answers, everything in flight must fit into the window.
      String window = way.answers() ? "" : ", replay_bytes: 16MiB";
      try (SyslogSink sink = sink(way, rsyslog.port(), window)) {
        TestingLoop loop = new TestingLoop(sink, 2000);
        // On a fast machine everything could be delivered before it is killed.
        loop.deliver(
            all,
            settled -> {
              if (settled >= 6000) {
                killer.join();
              }
            });
        assertThat(loop.failures()).isNotEmpty();
        assertThat(sink.check().isUp()).isTrue();
      }
      killer.join();
      assertThat(failure.get()).isNull();
      rsyslog.awaitLines(all.size());
      rsyslog.stop();
      assertThat(firstOnes(complete(rsyslog.lines())).equals(TestingEvents.ids(all)))
          .as("all of " + all.size() + ", in order, of " + rsyslog.lines().size() + " lines")
          .isTrue();
      if (way.answers()) {
        assertThat(rsyslog.lines().size() - all.size()).as("duplicates").isBetween(0, 128);
      }
    }
  }

  private static void killAt(TestingDaemon daemon, int lines, AtomicReference<Throwable> failure) {
    try {
      daemon.awaitLines(lines);
      daemon.kill();
      daemon.start();
    } catch (IOException | InterruptedException | AssertionError e) {
      failure.set(e);
    }
  }

  /** Killed in the middle of a TCP message, rsyslog may leave half a line. */
  private static List<String> complete(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("<") && line.contains(" on WS-TEST"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "UDP")
  void losesNothingWhenItIsRestarted(Way way) throws Exception {
    try (TestingDaemon rsyslog = rsyslog(way)) {
      List<EncodedEvent> all = new TestingEvents("sentence").next(2000);
      try (SyslogSink sink = sink(way, rsyslog.port(), "")) {
        TestingLoop loop = new TestingLoop(sink, 100);
        boolean[] restarted = {false};
        rsyslog.start();
        loop.deliver(
            all,
            settled -> {
              if (settled >= 1000 && !restarted[0]) {
                restarted[0] = true;
                rsyslog.stop();
                rsyslog.start();
              }
            });
      }
      rsyslog.awaitLines(all.size());
      rsyslog.stop();
      assertThat(firstOnes(complete(rsyslog.lines())).equals(TestingEvents.ids(all)))
          .as("all of " + all.size() + ", in order, of " + rsyslog.lines().size() + " lines")
          .isTrue();
    }
  }

  @Test
  void byteOrderMarkStaysInTheText() throws Exception {
    try (TestingDaemon rsyslog = rsyslog(Way.RELP)) {
      rsyslog.start();
      try (SyslogSink sink = sink(Way.RELP, rsyslog.port(), ", bom: true")) {
        sink.connect();
        sink.deliver(new TestingEvents("sentence").next(1));
      }
      assertThat(TestingMessage.parse(rsyslog.awaitLines(1).get(0)).text())
          .isEqualTo("\uFEFFCONTOSO\\kim locked session 2 on WS-TEST");
    }
  }
}
