package io.sessionbridge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates client sockets with TLS 1.3 or 1.2 that refuse a peer whose certificate is not from a
 * trusted authority or not for the dialed name. Open one for each connect, so that renewed files
 * take effect. Safe for use by several threads.
 *
 * <p>The name is only checked if the socket knows it: connect by host name, never by an address
 * that was looked up before.
 */
public final class TlsSocketFactory extends SSLSocketFactory {

  /** The minimum time to wait for the server's verdict. */
  private static final Duration VERDICT = Duration.ofMillis(250);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLSocketFactory sockets;

  private TlsSocketFactory(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /**
   * Reads the files of the settings.
   *
   * @throws IOException if one of them is unusable; the message names the key, the file and the
   *     reason
   */
  public static TlsSocketFactory open(TlsSettings settings) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), trust(settings).getTrustManagers(), null);
      return new TlsSocketFactory(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS does not work in this Java: " + e, e);
    }
  }

  private static KeyManager @Nullable [] keys(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.certificateStore().isPresent()) {
      return settings.certificateStore().get().read().managers();
    }
    if (settings.certificateFile().isEmpty() || settings.keyFile().isEmpty()) {
      return null;
    }
    PemFile key = settings.keyFile().get();
    PrivateKeyReader reader = new PrivateKeyReader(key, settings.keyPasswordFile());
    return ClientIdentity.read(settings.certificateFile().get(), reader, key).managers();
  }

  private static TrustManagerFactory trust(TlsSettings settings)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (settings.caFile().isEmpty()) {
      factory.init((KeyStore) null);
      return factory;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<X509Certificate> trusted = CertificateReader.read(settings.caFile().get());
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("ca" + i, trusted.get(i));
    }
    factory.init(store);
    return factory;
  }

  /**
   * Starts TLS on an existing connection. Unlike {@link SSLSocket#startHandshake}, it also waits
   * for the server's verdict on the client's certificate, which TLS 1.3 sends after the handshake.
   * Without the wait, a server that refuses the client looks like one that accepts the first
   * message and then fails.
   *
   * @param connected closed with the new socket
   * @param host the name that the server's certificate must have
   * @param timeout how long to wait for each message of the server
   * @throws IOException if the handshake fails; {@link TlsDiagnosis} explains it. The connection is
   *     then closed
   */
  public SSLSocket connect(Socket connected, String host, int port, Duration timeout)
      throws IOException {
    SSLSocket socket = (SSLSocket) createSocket(connected, host, port, true);
    try {
      socket.setSoTimeout((int) timeout.toMillis());
      long start = System.nanoTime();
      socket.startHandshake();
      if (socket.getSession().getProtocol().equals("TLSv1.3")) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        awaitVerdict(socket, connected, took.compareTo(VERDICT) < 0 ? VERDICT : took);
      }
      return socket;
    } catch (IOException e) {
      connected.close(); // closing the TLS socket would wait for a close_notify
      throw handshakeFailure(e);
    }
  }

  /** A server that refuses a client may reset the connection before its alert was read. */
  private static IOException handshakeFailure(IOException failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof SocketException) {
        return new SSLException("it aborts the handshake: " + next.getMessage(), failure);
      }
    }
    return failure;
  }

  /**
   * A server that accepts the client sends a session ticket or nothing; one that refuses it sends
   * an alert. Waits as long as the handshake took, which is at least a round trip.
   */
  private static void awaitVerdict(SSLSocket socket, Socket connected, Duration most)
      throws IOException {
    long end = System.nanoTime() + most.toNanos();
    while (connected.getInputStream().available() == 0) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
    int timeout = socket.getSoTimeout();
    socket.setSoTimeout(1);
    try {
      if (socket.getInputStream().read() < 0) {
        throw new SSLException("it closes the connection right after the handshake");
      }
      throw new SSLException("it sends data before the client does");
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(timeout); // only a session ticket
    }
  }

  private static Socket checking(Socket socket) {
    SSLSocket tls = (SSLSocket) socket;
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return checking(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return checking(sockets.createSocket(connected, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checking(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return checking(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return checking(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return checking(sockets.createSocket(address, port, localAddress, localPort));
  }
}
