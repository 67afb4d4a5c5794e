package io.sessionbridge.sink.mqtt.dial;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.mqtt.link.OpenSocket;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.settings.ProxyAddress;
import io.sessionbridge.sink.mqtt.settings.ServerAddress;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.Dialed;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.tcp.Route;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Opens the connection to the broker: name, TCP, proxy, TLS, WebSocket, as configured. Paho
 * supports some of this, but no proxy and no common deadline, and its WebSocket does not answer
 * pings.
 */
public final class BrokerDialer {

  private final MqttSinkConfig config;
  private final Clock clock;
  private final Duration timeout;
  private final Dialer dialer = new Dialer(NameService.SYSTEM);
  private final SecureRandom random = new SecureRandom();

  /**
   * @param timeout for a write, and for the rest of a packet that the broker has started
   */
  public BrokerDialer(MqttSinkConfig config, Clock clock, Duration timeout) {
    this.config = config;
    this.clock = clock;
    this.timeout = timeout;
  }

  /** Thrown if the server does not open a WebSocket. */
  public static final class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException inStep;

    WebSocketException(IOException cause) {
      super(cause.getMessage(), cause);
      this.inStep = cause;
    }

    public IOException inStep() {
      return inStep;
    }
  }

  /**
   * @throws io.sessionbridge.tcp.DialException with the step that failed
   * @throws WebSocketException if the last step failed
   */
  public OpenSocket open(Deadline deadline) throws IOException {
    ServerAddress server = config.server();
    Dialed dialed =
        dialer.dial(
            new Route(server.hostPort(), config.proxy().map(ProxyAddress::route), config.tls(), 0),
            deadline);
    boolean open = false;
    try {
      OpenSocket socket = frame(dialed, deadline);
      open = true;
      return socket;
    } catch (IOException e) {
      boolean interrupted = e instanceof InterruptedIOException;
      throw interrupted && !(e instanceof SocketTimeoutException) ? e : new WebSocketException(e);
    } finally {
      if (!open) {
        dialed.close();
      }
    }
  }

  private OpenSocket frame(Dialed dialed, Deadline deadline) throws IOException {
    ServerAddress server = config.server();
    InputStream in = dialed.socket().getInputStream();
    OutputStream out = dialed.socket().getOutputStream();
    if (server.scheme().isWebSocket()) {
      dialed.raw().limit(deadline);
      new WebSocketHandshake(random).perform(dialed.socket(), server);
      dialed.raw().limit(null);
      WebSocketOutput frames = new WebSocketOutput(out, random);
      in = new WebSocketInput(new BufferedInputStream(in), frames);
      out = frames;
    }
    dialed.raw().setWriteTimeout((int) timeout.toMillis());
    PacketGuard guarded =
        new PacketGuard(
            new BufferedInputStream(in), dialed.raw()::limit, () -> new Deadline(clock, timeout));
    return new OpenSocket(dialed.raw(), guarded, out);
  }
}
