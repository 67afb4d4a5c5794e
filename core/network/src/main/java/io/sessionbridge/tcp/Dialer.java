package io.sessionbridge.tcp;

import io.sessionbridge.tcp.DialException.Step;
import io.sessionbridge.tls.TlsSettings;
import io.sessionbridge.tls.TlsSocketFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Opens connections: name, TCP, proxy, TLS, all within one deadline. A peer that keeps sending
 * single bytes does not extend it. For use by one thread.
 */
public final class Dialer {

  private final Lookup lookup;

  public Dialer(NameService names) {
    this.lookup = new Lookup(names);
  }

  /** The work of one step; failures become a {@link DialException} with that step. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T step(Step step, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (InterruptedIOException e) {
      throw e instanceof SocketTimeoutException ? new DialException(step, e) : e;
    } catch (IOException e) {
      throw new DialException(step, e);
    }
  }

  /**
   * Connects to the first address of the name that answers. The connection has no timeouts yet.
   *
   * @throws DialException with the step that failed
   * @throws InterruptedIOException if the thread is interrupted
   */
  public Dialed dial(Route route, Deadline deadline) throws IOException {
    TimedSocket raw = reach(route, deadline);
    boolean open = false;
    try {
      raw.limit(deadline);
      if (route.proxy().isPresent()) {
        HttpTunnel tunnel = new HttpTunnel(route.proxy().get());
        step(Step.PROXY, () -> tunnel.open(raw, route.server()));
      }
      Socket socket =
          route.tls().isPresent() ? encrypt(raw, route, route.tls().get(), deadline) : raw;
      socket.setSoTimeout(0);
      raw.limit(null);
      open = true;
      return new Dialed(raw, socket);
    } finally {
      if (!open) {
        raw.close();
      }
    }
  }

  private TimedSocket reach(Route route, Deadline deadline) throws IOException {
    HostPort first = route.proxy().map(HttpProxy::address).orElse(route.server());
    InetAddress[] addresses = step(Step.NAME, () -> lookup.find(first.host(), deadline));
    for (int i = 0; ; i++) {
      InetAddress address = addresses[i];
      // Leave time for the remaining addresses if this one does not answer.
      Deadline share = deadline.atMost(deadline.left().dividedBy(addresses.length - i));
      try {
        return step(
            Step.TCP, () -> TimedSocket.connect(address, first.port(), route.sendBuffer(), share));
      } catch (DialException e) {
        if (i == addresses.length - 1) {
          throw e;
        }
      }
    }
  }

  private static Socket encrypt(
      TimedSocket raw, Route route, TlsSettings settings, Deadline deadline) throws IOException {
    TlsSocketFactory factory = step(Step.FILES, () -> TlsSocketFactory.open(settings));
    HostPort server = route.server();
    return step(
        Step.TLS,
        () -> {
          Duration left = Duration.ofMillis(deadline.leftMillis());
          return factory.connect(raw, server.host(), server.port(), left);
        });
  }
}
