package io.sessionbridge.testkit;

import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A client and its server, with a thread for each direction. */
final class ProxiedConnection {

  private final Socket client;
  private final Socket server;
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private volatile boolean lostBytes;
  private final Thread toServer;
  private final Thread toClient;

  /** Begins to carry. */
  ProxiedConnection(Socket client, Socket server, Gate serverGate, Gate clientGate) {
    this.client = client;
    this.server = server;
    this.toServer = Threads.start("fault-proxy-to-server", () -> carry(client, server, serverGate));
    this.toClient = Threads.start("fault-proxy-to-client", () -> carry(server, client, clientGate));
  }

  private void carry(Socket from, Socket to, Gate gate) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      gate.pass();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (isPassed(gate)) {
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
      reset(from); // one side is gone, so the other one hears of it
      reset(to);
    } catch (InterruptedException e) {
      // reset by the test
    }
  }

  /**
   * The one who heals opens the gate before looking at what was lost, so that no loss in between
   * stays unseen.
   */
  private boolean isPassed(Gate gate) throws IOException, InterruptedException {
    if (!gate.pass()) {
      lostBytes = true;
    }
    boolean passes = gate.pass();
    if (passes && lostBytes) {
      throw new IOException("healed, but no network gives back what it lost");
    }
    return passes;
  }

  boolean hasLostBytes() {
    return lostBytes;
  }

  boolean isClosed() {
    return client.isClosed() && server.isClosed();
  }

  void halfClose(Direction direction) {
    try {
      (direction == Direction.TO_SERVER ? server : client).shutdownOutput();
    } catch (IOException e) {
      // it is closed already, which is more than half
    }
  }

  /** Ends both sides with a reset, and both threads. */
  void reset() {
    reset(client);
    reset(server);
    toServer.interrupt();
    toClient.interrupt();
  }

  /** Closes without the usual farewell. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }
}
