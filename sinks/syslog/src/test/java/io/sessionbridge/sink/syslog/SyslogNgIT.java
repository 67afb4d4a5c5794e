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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real syslog-ng, with the files of the bundle. Its package conflicts with rsyslog's, so it may
 * also be extracted: the environment variable {@code SESSIONBRIDGE_SYSLOG_NG} names the folder that
 * contains {@code usr/sbin/syslog-ng}.
 */
@Timeout(180)
class SyslogNgIT {

  private static final String EVIL = "k\"i\\m]ü漢😀[a=\"b\"]";

  enum Way {
    TCP("transport: tcp", "tcp", 1601),
    PRESET("transport: tcp, preset: syslog_ng", "tcp", 1601),
    LF("transport: tcp, framing: lf", "lf", 1514),
    TLS("transport: tcp", "tls", 6514);

    private final String keys;
    private final String file;
    private final int port;

    Way(String keys, String file, int port) {
      this.keys = keys;
      this.file = file;
      this.port = port;
    }
  }

  @TempDir static Path shared;
  @TempDir Path folder;
  private static TestingCertificates certificates;
  private static List<String> program;
  private static Map<String, String> environment;

  @BeforeAll
  static void find() throws Exception {
    String extracted = System.getenv("SESSIONBRIDGE_SYSLOG_NG");
    if (extracted == null) {
      program = List.of(RequiredTool.find("syslog-ng").toString());
      environment = Map.of();
    } else {
      program = extractedProgram(Path.of(extracted));
      environment = Map.of("LD_LIBRARY_PATH", libraries(Path.of(extracted)));
    }
    certificates = new TestingCertificates(shared.resolve("pem")).server("server").issue("agent");
  }

  private static List<String> extractedProgram(Path root) throws IOException {
    Path binary = root.resolve("usr/sbin/syslog-ng");
    RequiredTool.require(
        Files.isExecutable(binary), "SESSIONBRIDGE_SYSLOG_NG has no usr/sbin/syslog-ng: " + root);
    try (var modules = Files.find(root, 8, (path, about) -> path.endsWith("libsyslogformat.so"))) {
      Path module = modules.findFirst().orElseThrow();
      return List.of(binary.toString(), "--module-path", String.valueOf(module.getParent()));
    }
  }

  private static String libraries(Path root) throws IOException {
    try (var files = Files.walk(root, 8)) {
      return String.join(
          ":",
          files
              .filter(path -> path.getFileName().toString().matches("lib.*\\.so\\.\\d+"))
              .map(path -> String.valueOf(path.getParent()))
              .distinct()
              .toList());
    }
  }

  private TestingDaemon syslogNg(Way way) throws IOException {
    int port = TestingDaemon.freePort();
    Path output = folder.resolve("out.log");
    ReceiverFile file =
        new ReceiverFile("syslog-ng/" + way.file + ".conf")
            .with("ip(0.0.0.0) port(" + way.port + ")", "ip(127.0.0.1) port(" + port + ")")
            .with("/var/log/sessionbridge.log", output);
    if (way == Way.TLS) {
      file.with("/etc/syslog-ng/siem-key.pem", certificates.key("server"))
          .with("/etc/syslog-ng/siem.pem", certificates.certificate("server"))
          .with("/etc/syslog-ng/ca.pem", certificates.certificate("ca"));
    }
    Path conf = Files.writeString(folder.resolve("syslog-ng.conf"), file.text());
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("-F", "--no-caps", "-f", conf.toString()));
    command.addAll(List.of("-R", folder.resolve("persist").toString()));
    command.addAll(List.of("-p", folder.resolve("pid").toString()));
    command.addAll(List.of("-c", folder.resolve("ctl").toString()));
    return new TestingDaemon(command, environment, port, true, output);
  }

  private SyslogSink sink(Way way, int port) {
    String tls = ", " + certificates.sinkKeys("agent");
    String yaml =
        "{server: \"localhost:"
            + port
            + "\", timeout: 10s, enterprise_number: 32473, "
            + way.keys
            + (way == Way.TLS ? tls : "")
            + "}";
    return new SyslogSink(
        new TestingSinkContext(Clock.system(), folder),
        TestingConfig.read(SyslogSinkConfig.SPEC, yaml));
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void acceptsEveryMessageUnchanged(Way way) throws Exception {
    try (TestingDaemon daemon = syslogNg(way)) {
      daemon.start();
      TestingEvents events = new TestingEvents("sentence");
      List<EncodedEvent> all = new ArrayList<>();
      all.add(events.next(TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, EVIL).build()));
      all.addAll(events.next(3000));
      try (SyslogSink sink = sink(way, daemon.port())) {
        sink.connect();
        assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(all.size()));
      }
      List<String> lines = daemon.awaitLines(all.size());
      assertThat(ids(lines).equals(TestingEvents.ids(all)))
          .as("all of " + all.size() + ", in order, of " + lines.size() + " lines")
          .isTrue();
      assertThat(lines.get(0))
          .isEqualTo(
              "7h3jk2-1 logon "
                  + EVIL
                  + " CONTOSO\\"
                  + EVIL
                  + " logged on to session 2 on WS-TEST");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void losesNothingWhenItIsRestarted(Way way) throws Exception {
    try (TestingDaemon daemon = syslogNg(way)) {
      daemon.start();
      List<EncodedEvent> all = new TestingEvents("sentence").next(2000);
      try (SyslogSink sink = sink(way, daemon.port())) {
        TestingLoop loop = new TestingLoop(sink, 100);
        boolean[] restarted = {false};
        loop.deliver(
            all,
            settled -> {
              if (settled >= 1000 && !restarted[0]) {
                restarted[0] = true;
                daemon.stop();
                daemon.start();
              }
            });
        assertThat(loop.failures()).isNotEmpty();
      }
      daemon.awaitLines(all.size());
      daemon.stop();
      List<String> first = new ArrayList<>(new LinkedHashSet<>(ids(daemon.lines())));
      assertThat(first.equals(TestingEvents.ids(all)))
          .as("all of " + all.size() + ", in order, of " + first.size())
          .isTrue();
    }
  }
}
