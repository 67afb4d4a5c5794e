package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.Lookup;
import io.sessionbridge.tcp.NameService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One datagram each (RFC 5426). Nobody says what became of it; only a receiver's machine that is up
 * and has nothing at the port says so, and then it is too late for that datagram.
 */
final class UdpTransport implements Transport {

  /** A name that moves is followed after this at the latest. */
  private static final long RESOLVE_AGAIN = Duration.ofMinutes(1).toNanos();

  private static final Duration LOOKUP = Duration.ofSeconds(10);

  private final HostPort server;
  private final Lookup lookup;
  private final Clock clock;
  private @Nullable DatagramChannel channel;
  private long resolved;

  UdpTransport(HostPort server, NameService names, Clock clock) {
    this.server = server;
    this.lookup = new Lookup(names);
    this.clock = clock;
  }

  @Override
  public void connect() throws IOException {
    close();
    DatagramChannel fresh = DatagramChannel.open();
    try {
      fresh.connect(new InetSocketAddress(address(), server.port()));
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    channel = fresh;
    resolved = clock.nanoTime();
  }

  private InetAddress address() throws IOException {
    try {
      return lookup.find(server.host(), new Deadline(clock, LOOKUP))[0];
    } catch (UnknownHostException | SocketTimeoutException e) {
      throw new IOException(
          server.host() + " cannot be resolved: is server right, and does DNS work?", e);
    }
  }

  @Override
  public Sent send(List<byte[]> messages) {
    int sent = 0;
    try {
      probe();
      for (byte[] message : messages) {
        open().write(ByteBuffer.wrap(message));
        sent++;
      }
    } catch (PortUnreachableException e) {
      return Sent.failed(sent, "nothing listens at " + server + ": is the port right?");
    } catch (IOException e) {
      return Sent.failed(sent, "no datagram to " + server + ": " + e.getMessage());
    }
    return Sent.all(sent);
  }

  private DatagramChannel open() throws IOException {
    DatagramChannel open = channel;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  @Override
  public void probe() throws IOException {
    if (channel == null || clock.nanoTime() - resolved > RESOLVE_AGAIN) {
      connect();
    }
  }

  @Override
  public void close() {
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        return; // it is given back nevertheless
      }
    }
  }
}
