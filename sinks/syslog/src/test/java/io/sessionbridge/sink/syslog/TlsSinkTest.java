package io.sessionbridge.sink.syslog;

import io.sessionbridge.testkit.TestingCertificates;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class TlsSinkTest extends SyslogContract {

  @TempDir static Path certificateFolder;
  private static TestingCertificates certificates;

  @BeforeAll
  static void start() throws Exception {
    certificates = new TestingCertificates(certificateFolder).server("server").issue("agent");
    use(
        new TestingReceiver(
            TestingReceiver.Protocol.OCTETS, Optional.of(certificates.context("server")), true));
  }

  @Override
  String keys() {
    return "transport: tcp, enterprise_number: 32473, " + certificates.sinkKeys("agent");
  }
}
