package io.sessionbridge.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionbridge.testkit.TestingCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the sockets talk to, and what is said of the others. */
@Timeout(60)
class TlsSocketFactoryTest {

  @TempDir static Path folder;
  private static TestingCertificates ours;
  private static TestingCertificates theirs;

  @BeforeAll
  static void make() throws Exception {
    ours =
        new TestingCertificates(folder.resolve("ours"))
            .server("server")
            .issue("elsewhere", "-ext", "san=dns:siem.example")
            .issue("old", "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "2")
            .issue("agent");
    theirs = new TestingCertificates(folder.resolve("theirs")).issue("agent");
  }

  private static TestingTlsServer server(String name, String... protocols) throws Exception {
    return new TestingTlsServer(
        ours.certificate(name), ours.key(name), Optional.empty(), protocols);
  }

  private static TestingTlsServer strictServer(String... protocols) throws Exception {
    return new TestingTlsServer(
        ours.certificate("server"),
        ours.key("server"),
        Optional.of(ours.certificate("ca")),
        protocols);
  }

  private static TlsSettings trusting(Path ca) {
    return new TlsSettings(
        Optional.of(new PemFile("ca_file", ca)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TlsSettings as(TestingCertificates authority, String name) {
    return new TlsSettings(
        Optional.of(new PemFile("ca_file", ours.certificate("ca"))),
        Optional.of(new PemFile("certificate_file", authority.certificate(name))),
        Optional.of(new PemFile("key_file", authority.key(name))),
        Optional.empty());
  }

  /** Says something and waits for the echo; the answer is the version of TLS. */
  private static String talk(TlsSettings settings, int port) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress("localhost", port));
      return talk(
          TlsSocketFactory.open(settings)
              .connect(plain, "localhost", port, Duration.ofSeconds(20)));
    }
  }

  private static String talk(Socket socket) throws IOException {
    try (SSLSocket tls = (SSLSocket) socket) {
      tls.startHandshake();
      tls.getOutputStream().write('x');
      assertThat(tls.getInputStream().read()).isEqualTo('x');
      return tls.getSession().getProtocol();
    }
  }

  private static String refusal(TlsSettings settings, int port) {
    IOException failure = catchThrowableOfType(IOException.class, () -> talk(settings, port));
    assertThat(failure).as("a failure").isNotNull();
    return new TlsDiagnosis(settings, "localhost:6514").explainOrRepeat(failure);
  }

  @Test
  void bothVersions() throws Exception {
    TlsSettings settings = trusting(ours.certificate("ca"));
    try (TestingTlsServer server = server("server")) {
      assertThat(talk(settings, server.port())).isEqualTo("TLSv1.3");
    }
    try (TestingTlsServer server = server("server", "TLSv1.2")) {
      assertThat(talk(settings, server.port())).isEqualTo("TLSv1.2");
    }
  }

  @Test
  void eachWayToMakeASocketChecksTheName() throws Exception {
    TlsSocketFactory sockets = TlsSocketFactory.open(trusting(ours.certificate("ca")));
    try (TestingTlsServer server = server("server")) {
      assertThat(talk(sockets.createSocket("localhost", server.port()))).isEqualTo("TLSv1.3");
      Socket unconnected = sockets.createSocket();
      unconnected.connect(new InetSocketAddress("localhost", server.port()));
      assertThat(talk(unconnected)).isEqualTo("TLSv1.3");
    }
    try (TestingTlsServer server = server("elsewhere")) {
      Socket unconnected = sockets.createSocket();
      unconnected.connect(new InetSocketAddress("localhost", server.port()));
      assertThat(catchThrowableOfType(IOException.class, () -> talk(unconnected))).isNotNull();
      Socket named = sockets.createSocket("localhost", server.port());
      assertThat(catchThrowableOfType(IOException.class, () -> talk(named))).isNotNull();
    }
  }

  @Test
  void otherName() throws Exception {
    TlsSettings settings = trusting(ours.certificate("ca"));
    try (TestingTlsServer server = server("elsewhere")) {
      assertThat(refusal(settings, server.port()))
          .isEqualTo(
              "the certificate of localhost:6514 is for another name: server must be one of its"
                  + " names (No subject alternative DNS name matching localhost found.)");
    }
  }

  @Test
  void expired() throws Exception {
    TlsSettings settings = trusting(ours.certificate("ca"));
    try (TestingTlsServer server = server("old")) {
      assertThat(refusal(settings, server.port()))
          .startsWith("the certificate of localhost:6514 has expired: renew it there (NotAfter: ");
    }
  }

  @Test
  void unknownAuthority() throws Exception {
    try (TestingTlsServer server = server("server")) {
      Path ca = theirs.certificate("ca");
      assertThat(refusal(trusting(ca), server.port()))
          .isEqualTo(
              "the certificate of localhost:6514 is not signed by an authority in ca_file "
                  + ca
                  + ": is it the right one?");
      TlsSettings java =
          new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
      assertThat(refusal(java, server.port()))
          .isEqualTo(
              "the certificate of localhost:6514 is not signed by an authority in the trust"
                  + " store of Java:"
                  + " set ca_file");
    }
  }

  @Test
  void ownCertificate() throws Exception {
    try (TestingTlsServer server = strictServer()) {
      assertThat(talk(as(ours, "agent"), server.port())).isEqualTo("TLSv1.3");
    }
    try (TestingTlsServer server = strictServer("TLSv1.2")) {
      assertThat(talk(as(ours, "agent"), server.port())).isEqualTo("TLSv1.2");
    }
  }

  /** Whether the alert or the end of the connection is seen first is up to the network. */
  @Test
  void noOwnCertificate() throws Exception {
    TlsSettings settings = trusting(ours.certificate("ca"));
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (TestingTlsServer server = strictServer(version)) {
        assertThat(refusal(settings, server.port()))
            .matches(
                "localhost:6514 (refuses|aborts).* set certificate_file and key_file, or certificate_store .*");
      }
    }
  }

  @Test
  void renewedFilesCountAtTheNextConnect() throws Exception {
    Path certificate = Files.copy(theirs.certificate("agent"), folder.resolve("renewed.pem"));
    Path key = Files.copy(theirs.key("agent"), folder.resolve("renewed-key.pem"));
    TlsSettings settings =
        new TlsSettings(
            Optional.of(new PemFile("ca_file", ours.certificate("ca"))),
            Optional.of(new PemFile("certificate_file", certificate)),
            Optional.of(new PemFile("key_file", key)),
            Optional.empty());
    try (TestingTlsServer server = strictServer()) {
      assertThat(refusal(settings, server.port()))
          .contains("is certificate_file " + certificate + " of an authority that it trusts?");
      Files.copy(ours.certificate("agent"), certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(ours.key("agent"), key, StandardCopyOption.REPLACE_EXISTING);
      assertThat(talk(settings, server.port())).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void portThatDoesNotSpeakTls() throws Exception {
    try (ServerSocket listener = new ServerSocket(0)) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket
                      .getOutputStream()
                      .write("220 hello, this is no TLS\r\n".getBytes(US_ASCII));
                  socket.getInputStream().read();
                } catch (IOException e) {
                  // the client went away
                }
              });
      thread.start();
      assertThat(refusal(trusting(ours.certificate("ca")), listener.getLocalPort()))
          .startsWith("localhost:6514 does not use TLS on this port (");
      thread.join();
    }
  }
}
