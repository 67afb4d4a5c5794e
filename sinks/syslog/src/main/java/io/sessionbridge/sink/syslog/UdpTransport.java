package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.Lookup;
import io.sessionbridge.tcp.NameService;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
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
 * One datagram per message (RFC 5426), without any acknowledgement. Only if the receiver's machine
 * is up and nothing listens at the port does it report that, and then that datagram is lost.
 */
final class UdpTransport implements Transport {

  /** The longest time until a changed address takes effect. */
  private static final long RESOLVE_AGAIN = Duration.ofMinutes(1).toNanos();

  private static final Duration LOOKUP = Duration.ofSeconds(10);

  /** How long to wait for a port unreachable message after a previous one. */
  private static final int REFUSAL_MILLIS = 200;

  private final HostPort server;
  private final Lookup lookup;
  private final Clock clock;
  private @Nullable DatagramChannel channel;
  private long resolved;

  /** Whether the last answer was that nothing listens. */
  private boolean refused;

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
  public SendResult send(List<byte[]> messages) {
    int sent = 0;
    try {
      probe();
      for (byte[] message : messages) {
        open().write(ByteBuffer.wrap(message));
        if (refused) {
          awaitRefusal(open()); // or each attempt would lose another message
          refused = false;
        }
        sent++;
      }
    } catch (PortUnreachableException e) {
      refused = true;
      return SendResult.failed(sent, "nothing listens at " + server + ": is the port right?");
    } catch (IOException e) {
      return SendResult.failed(sent, "cannot send a datagram to " + server + ": " + e.getMessage());
    }
    return SendResult.all(sent);
  }

  /**
   * Waits for a refusal of the only datagram in flight.
   *
   * @throws PortUnreachableException if it was refused
   */
  private static void awaitRefusal(DatagramChannel channel) throws IOException {
    DatagramSocket socket = channel.socket();
    socket.setSoTimeout(REFUSAL_MILLIS);
    try {
      socket.receive(new DatagramPacket(new byte[1], 1));
    } catch (SocketTimeoutException e) {
      return; // the usual case: a receiver sends nothing
    }
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
        return; // the system has released it nevertheless
      }
    }
  }
}
