package io.sessionbridge.sink.mqtt;

import io.sessionbridge.sink.mqtt.DialException.Step;
import io.sessionbridge.tls.TlsSettings;
import io.sessionbridge.tls.TlsSocketFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Opens the way to the broker: name, TCP, proxy, TLS, web socket, as the configuration says. Paho
 * could do some of it, but not through a proxy, without a deadline for all, and with a web socket
 * that answers no ping.
 */
final class Dialer {

  private final MqttSinkConfig config;
  private final SecureRandom random = new SecureRandom();

  Dialer(MqttSinkConfig config) {
    this.config = config;
  }

  /** One step, with the name of it for whatever fails in it. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T step(Step step, Work<T> work) throws DialException {
    try {
      return work.run();
    } catch (IOException e) {
      throw new DialException(step, e);
    }
  }

  /**
   * @throws DialException with the step that failed
   */
  OpenSocket open(Deadline deadline) throws DialException {
    Socket raw = reach(deadline);
    boolean open = false;
    try {
      OpenSocket socket = dress(raw, deadline);
      open = true;
      return socket;
    } finally {
      if (!open) {
        closeQuietly(raw);
      }
    }
  }

  /** The first address of the name that answers. */
  private Socket reach(Deadline deadline) throws DialException {
    String host = config.proxy().map(ProxyAddress::host).orElse(config.server().host());
    int port = config.proxy().map(ProxyAddress::port).orElse(config.server().port());
    InetAddress[] addresses = step(Step.NAME, () -> InetAddress.getAllByName(host));
    for (int i = 0; ; i++) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(addresses[i], port), deadline.leftMillis());
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
        if (i == addresses.length - 1) {
          throw new DialException(Step.TCP, e);
        }
      }
    }
  }

  private OpenSocket dress(Socket raw, Deadline deadline) throws DialException {
    ServerAddress server = config.server();
    if (config.proxy().isPresent()) {
      HttpTunnel tunnel = new HttpTunnel(config.proxy().get());
      step(Step.PROXY, () -> tunnel.open(raw, server, deadline));
    }
    Socket inner = config.tls().isPresent() ? encrypt(raw, config.tls().get(), deadline) : raw;
    return step(Step.WEB_SOCKET, () -> frame(raw, inner, deadline));
  }

  private Socket encrypt(Socket raw, TlsSettings settings, Deadline deadline) throws DialException {
    ServerAddress server = config.server();
    TlsSocketFactory factory = step(Step.FILES, () -> TlsSocketFactory.open(settings));
    return step(
        Step.TLS,
        () -> {
          Duration left = Duration.ofMillis(deadline.leftMillis());
          return factory.connect(raw, server.host(), server.port(), left);
        });
  }

  private OpenSocket frame(Socket raw, Socket inner, Deadline deadline) throws IOException {
    ServerAddress server = config.server();
    InputStream in = inner.getInputStream();
    OutputStream out = inner.getOutputStream();
    if (server.scheme().isWebSocket()) {
      new WebSocketHandshake(random).perform(inner, server, deadline);
      WebSocketOutput frames = new WebSocketOutput(out, random);
      in = new WebSocketInput(new BufferedInputStream(in), frames);
      out = frames;
    }
    inner.setSoTimeout(0);
    return new OpenSocket(raw, in, out);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is given up in any case
    }
  }
}
