package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.testkit.TcpFaultProxy;
import io.sessionbridge.testkit.TestingCertificates;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sink and a faulty receiver, for every transport over TCP. The proxy between them buffers far
 * more than a network, so the window has the maximum size.
 */
@Timeout(120)
abstract class ReceiverFaults {

  enum Way {
    TCP(TestingReceiver.Protocol.OCTETS, false, "transport: tcp, replay_bytes: 16MiB"),
    LF(TestingReceiver.Protocol.LF, false, "transport: tcp, framing: lf, replay_bytes: 16MiB"),
    TLS(TestingReceiver.Protocol.OCTETS, true, "transport: tcp, replay_bytes: 16MiB"),
    RELP(TestingReceiver.Protocol.RELP, false, "transport: relp"),
    RELP_TLS(TestingReceiver.Protocol.RELP, true, "transport: relp");

    private final TestingReceiver.Protocol protocol;
    private final boolean encrypts;
    private final String keys;

    Way(TestingReceiver.Protocol protocol, boolean encrypts, String keys) {
      this.protocol = protocol;
      this.encrypts = encrypts;
      this.keys = keys;
    }

    boolean answers() {
      return protocol == TestingReceiver.Protocol.RELP;
    }
  }

  @TempDir static Path shared;
  @TempDir Path folder;
  private static TestingCertificates certificates;

  final TestingEvents events = new TestingEvents("sentence");
  TestingReceiver receiver;
  TcpFaultProxy proxy;
  TestingSinkContext context;
  SyslogSink sink;
  boolean known = true;

  @BeforeAll
  static void make() throws Exception {
    certificates = new TestingCertificates(shared).server("server");
  }

  void start(Way way) throws Exception {
    receiver =
        new TestingReceiver(
            way.protocol,
            way.encrypts ? Optional.of(certificates.context("server")) : Optional.empty(),
            false);
    proxy = TcpFaultProxy.before("localhost", receiver.port());
    context = new TestingSinkContext(Clock.system(), folder);
    String tls = way.encrypts ? ", ca_file: " + certificates.certificate("ca") : "";
    String yaml =
        "{server: \"localhost:" + proxy.port() + "\", timeout: 2s, " + way.keys + tls + "}";
    sink =
        new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml), this::addresses);
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    if (!known) {
      throw new UnknownHostException(host);
    }
    return NameService.SYSTEM.addresses(host);
  }

  @AfterEach
  void stop() throws Exception {
    if (sink != null) {
      sink.close();
      proxy.close();
      receiver.close();
    }
  }

  TestingLoop loop() {
    return new TestingLoop(sink, 5000);
  }

  /** Waits for the last one, because the receiver reads asynchronously. */
  void assertAllInOrder(List<EncodedEvent> all) throws Exception {
    List<String> wanted = TestingEvents.ids(all);
    List<String> ids = receiver.awaitIds(all.size());
    for (int most = all.size() + 1;
        !ids.containsAll(wanted.subList(wanted.size() - 1, wanted.size()));
        most++) {
      ids = receiver.awaitIds(most);
    }
    assertThat(new ArrayList<>(new LinkedHashSet<>(ids)).equals(wanted))
        .as("all of " + wanted.size() + " in order, in " + ids.size())
        .isTrue();
    assertThat(sink.check().isUp()).as(sink.check().toString()).isTrue();
  }
}
