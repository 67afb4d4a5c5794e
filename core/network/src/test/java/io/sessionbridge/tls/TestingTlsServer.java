package io.sessionbridge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Answers each line with itself over TLS, on a thread of its own. */
final class TestingTlsServer implements AutoCloseable {

  private final SSLServerSocket listener;
  private final Thread thread = new Thread(this::serve, "tls-server");

  /**
   * @param trusted whose clients are let in; empty = no client needs a certificate
   */
  TestingTlsServer(Path certificate, Path key, Optional<Path> trusted, String... protocols)
      throws Exception {
    PemFile keyFile = new PemFile("key_file", key);
    ClientIdentity identity = // not ClientIdentity.read, which refuses what has expired
        new ClientIdentity(
            new PrivateKeyReader(keyFile, Optional.empty()).read(),
            CertificateReader.read(new PemFile("certificate_file", certificate)));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.managers(), trust(trusted), null);
    listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(trusted.isPresent());
    if (protocols.length > 0) {
      listener.setEnabledProtocols(protocols);
    }
    thread.start();
  }

  private static TrustManager[] trust(Optional<Path> trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (trusted.isPresent()) {
      store.setCertificateEntry(
          "ca", CertificateReader.read(new PemFile("ca_file", trusted.get())).get(0));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException e) {
        // closed, or a client that does not like us
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
