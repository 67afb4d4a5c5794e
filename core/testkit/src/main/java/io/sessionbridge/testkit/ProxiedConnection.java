package io.sessionbridge.testkit;

import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxied connection, with a thread for each direction. */
final class ProxiedConnection {

  private final Socket client;
  private final Socket server;
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private final Lane toServer;
  private final Lane toClient;
  private List<Thread> threads = List.of();

  /** Forwards nothing before {@link #start}. */
  ProxiedConnection(Socket client, Socket server, FlowGate serverGate, FlowGate clientGate) {
    this.client = client;
    this.server = server;
    this.toServer = new Lane(client, server, serverGate);
    this.toClient = new Lane(server, client, clientGate);
  }

  /** Starts to forward, unless it was reset before. */
  synchronized void start() {
    threads =
        List.of(
            Threads.start("fault-proxy-to-server", toServer::carry),
            Threads.start("fault-proxy-to-client", toClient::carry));
  }

  /** One direction, with a thread of its own. */
  private final class Lane {
    private final Socket from;
    private final Socket to;
    private final FlowGate gate;
    private volatile boolean lostBytes;

    Lane(Socket from, Socket to, FlowGate gate) {
      this.from = from;
      this.to = to;
      this.gate = gate;
    }

    void carry() {
      byte[] buffer = new byte[16 << 10];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        gate.pass();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          if (isPassed()) {
            out.write(buffer, 0, count);
          }
        }
        if (gate.pass()) {
          to.shutdownOutput();
        }
        if (openDirections.decrementAndGet() == 0) {
          from.close();
          to.close();
        }
      } catch (IOException e) {
        ProxiedConnection.reset(from); // one side is closed, so close the other one too
        ProxiedConnection.reset(to);
      } catch (InterruptedException e) {
        // reset by the test
      }
    }

    /**
     * The one who heals opens the gate before looking at what was lost, so that no loss in between
     * stays unseen.
     */
    private boolean isPassed() throws IOException, InterruptedException {
      if (!gate.pass()) {
        lostBytes = true;
      }
      boolean passes = gate.pass();
      if (passes && lostBytes) {
        throw new IOException("healed, but no network gives back what it lost");
      }
      return passes;
    }
  }

  boolean hasLostBytes() {
    return toServer.lostBytes || toClient.lostBytes;
  }

  boolean isClosed() {
    return client.isClosed() && server.isClosed();
  }

  void halfClose(Direction direction) {
    try {
      (direction == Direction.TO_SERVER ? server : client).shutdownOutput();
    } catch (IOException e) {
      // already closed completely
    }
  }

  /** Ends both sides with a reset, and both threads. */
  synchronized void reset() {
    reset(client);
    reset(server);
    threads.forEach(Thread::interrupt);
  }

  /** Closes with a reset. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // already closed
    }
  }
}
