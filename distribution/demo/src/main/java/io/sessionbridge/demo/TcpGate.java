package io.sessionbridge.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A loopback port through which a server on another one is reached, as long as it is open. Closed,
 * the server is away for all who come this way: their connections break, in the middle of what was
 * being said, and new ones are refused.
 */
final class TcpGate {

  private final int port;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  TcpGate(int port, int target) {
    this.port = port;
    this.target = target;
  }

  synchronized void open() throws IOException {
    if (listener != null) {
      return;
    }
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listener = opened;
    acceptor = start(() -> accept(opened), "gate");
  }

  /** Returns when no connection is accepted any more. */
  void close() throws IOException, InterruptedException {
    Thread ending = endAll();
    if (ending != null) {
      // Until accept returns, the system keeps accepting connections.
      ending.join();
    }
  }

  private synchronized @Nullable Thread endAll() throws IOException {
    ServerSocket closing = listener;
    if (closing == null) {
      return null;
    }
    listener = null;
    closing.close();
    sockets.forEach(TcpGate::end);
    return acceptor;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        connect(from.accept());
      } catch (IOException e) {
        // closed, or this connection failed, which its client notices
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    add(client, server);
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException e) {
      remove(client, server);
      throw e;
    }
    start(() -> pump(client, server), "gate-in");
    start(() -> pump(server, client), "gate-out");
  }

  private synchronized void add(Socket client, Socket server) {
    sockets.add(client);
    sockets.add(server);
    if (listener == null) {
      remove(client, server); // closed since it was accepted
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // What ends one side ends the other.
    }
    remove(from, to);
  }

  private void remove(Socket one, Socket other) {
    end(one);
    end(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, whatever it says.
    }
  }

  private static Thread start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
