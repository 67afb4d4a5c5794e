package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The least that brings syslog messages to a receiver, with messages that are in memory before the
 * clock starts. No journal, no reading, no encoding. Runs in a JVM of its own.
 */
public final class SyslogLoop {

  /** More in memory would not change what is sent. */
  static final int MESSAGES = 5_000;

  /** As the agent's sink limits it, so that little is lost with a connection. */
  private static final int SEND_BUFFER = 16 * 1024;

  private SyslogLoop() {}

  /** Arguments: the transport, the port, a file with messages, and the certificate to trust. */
  public static void main(String[] args) throws Exception {
    SyslogTransport transport = SyslogTransport.named(args[0]);
    try (MessageSender sender =
        open(transport, Integer.parseInt(args[1]), read(Path.of(args[2])), Path.of(args[3]))) {
      Answers.giveAll(words -> answer(sender, words));
    }
  }

  private static List<byte[]> read(Path recorded) throws IOException {
    try (Stream<String> lines = Files.lines(recorded)) {
      return lines.limit(MESSAGES).map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }

  private static String answer(MessageSender sender, String[] words) throws IOException {
    if (!words[0].equals("send")) {
      throw new IllegalArgumentException("unknown: " + words[0]);
    }
    int count = Integer.parseInt(words[1]);
    Work.Watch watch = new Work.Watch();
    sender.send(count);
    return watch.stop(count).toLine();
  }

  private static MessageSender open(
      SyslogTransport transport, int port, List<byte[]> messages, Path certificate)
      throws IOException, GeneralSecurityException {
    return switch (transport) {
      case RELP -> new RelpSender(connect(port, 0), messages);
      case TCP -> new StreamSender(connect(port, SEND_BUFFER), messages);
      case TLS -> new StreamSender(encrypt(connect(port, SEND_BUFFER), certificate), messages);
      case UDP -> new DatagramSender(port, messages);
    };
  }

  private static Socket connect(int port, int sendBuffer) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    if (sendBuffer > 0) {
      socket.setSendBufferSize(sendBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private static Socket encrypt(Socket socket, Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
  }
}
