package io.sessionbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a loopback port in front of a real server that injects faults. A fault applies to the
 * existing connections and to new ones, until {@link #heal}.
 *
 * <p>Controlled by the test's thread; has two threads for each connection, named {@code
 * fault-proxy}.
 */
public final class TcpFaultProxy implements AutoCloseable {

  /** The direction of bytes. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  private final InetSocketAddress server;
  private final int port;
  private final FlowGate toServer = new FlowGate();
  private final FlowGate toClient = new FlowGate();
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  private TcpFaultProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    this.port = listen(0);
  }

  /** A proxy on a free port of 127.0.0.1. */
  public static TcpFaultProxy before(String host, int port) throws IOException {
    return new TcpFaultProxy(new InetSocketAddress(host, port));
  }

  private synchronized int listen(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    listener = socket;
    acceptor = Threads.start("fault-proxy-accept", () -> acceptAll(socket));
    return socket.getLocalPort();
  }

  private void acceptAll(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        connect(socket.accept());
      } catch (IOException e) {
        // the listener, this client or the server closed
      }
    }
  }

  private void connect(Socket client) throws IOException {
    accepted.incrementAndGet();
    Socket peer = new Socket();
    try {
      peer.connect(server);
      peer.setTcpNoDelay(true); // small writes of the peer must not be delayed here
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      ProxiedConnection.reset(client);
      throw e;
    }
    connections.removeIf(ProxiedConnection::isClosed);
    ProxiedConnection connection = new ProxiedConnection(client, peer, toServer, toClient);
    connections.add(
        connection); // before a byte is forwarded: a test that got an answer may cut the connection
    // at once
    connection.start();
  }

  /** The port for clients. */
  public int port() {
    return port;
  }

  /** For configurations, {@code 127.0.0.1:<port>}. */
  public String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  /** The number of connections accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Resets all connections, like a crashed machine after a restart. New ones work. */
  public void cut() {
    connections.forEach(ProxiedConnection::reset);
    connections.clear();
  }

  /** Resets all connections and refuses new ones, like a machine without the server. */
  public void refuse() {
    stopListening();
    cut();
  }

  private synchronized void stopListening() {
    ServerSocket open = listener;
    Thread accepting = acceptor;
    listener = null;
    if (open == null || accepting == null) {
      return;
    }
    try {
      open.close();
      accepting.join(); // the port stays open while a thread is inside accept
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops reading, so that buffers fill and the sender blocks. */
  public void stall(Direction direction) {
    gate(direction).set(FlowGate.State.STALLED);
  }

  /** Accepts the bytes and drops them, like a network without a route. */
  public void blackHole(Direction direction) {
    gate(direction).set(FlowGate.State.BLACK_HOLE);
  }

  /** Signals the end of the stream to the receiver, while the other direction stays open. */
  public void halfClose(Direction direction) {
    connections.forEach(connection -> connection.halfClose(direction));
  }

  private FlowGate gate(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  /**
   * Forwards everything again. Stalled bytes arrive; a connection that lost bytes in a black hole
   * is reset, because the bytes cannot be recovered.
   */
  public void heal() throws IOException {
    toServer.set(FlowGate.State.OPEN);
    toClient.set(FlowGate.State.OPEN);
    for (ProxiedConnection connection : connections) {
      if (connection.hasLostBytes()) {
        connection.reset();
      }
    }
    listenAgain();
  }

  private synchronized void listenAgain() throws IOException {
    if (listener == null) {
      int unused = listen(port);
    }
  }

  @Override
  public void close() {
    refuse();
    toServer.set(FlowGate.State.OPEN);
    toClient.set(FlowGate.State.OPEN);
  }
}
