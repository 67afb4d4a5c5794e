package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * An address that leads to a broker once it is open. Until then connections are refused, as if the
 * broker were down. A Kafka client uses it only for its first request: the answer names the broker.
 */
final class Gate implements AutoCloseable {

  private final String broker;
  private final ServerSocket server;
  private final int port;

  Gate(String broker) throws IOException {
    this.broker = broker;
    this.server = new ServerSocket();
    this.port = BrokerProcess.freePort();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void open() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(this::accept);
  }

  private void accept() {
    int colon = broker.lastIndexOf(':');
    String host = broker.substring(0, colon);
    int to = Integer.parseInt(broker.substring(colon + 1));
    while (!server.isClosed()) {
      try {
        connect(server.accept(), host, to);
      } catch (IOException e) {
        if (!server.isClosed()) {
          Report.say("gate to %s: %s", broker, e);
        }
      }
    }
  }

  private static void connect(Socket client, String host, int port) throws IOException {
    Socket other;
    try {
      other = new Socket(host, port);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    start(() -> copy(client, other));
    start(() -> copy(other, client));
  }

  /** Ends with the connection. */
  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException ended) {
      // One side has closed, and the close above tells the other.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
