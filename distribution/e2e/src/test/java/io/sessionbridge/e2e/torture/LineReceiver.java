package io.sessionbridge.e2e.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes syslog messages by TCP, a line each, one connection after the other. */
final class LineReceiver implements AutoCloseable {

  private final ServerSocket server;
  private final List<Received> received = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "line-receiver");

  LineReceiver() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Everything that arrived so far, in its order. */
  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  private synchronized void add(Received one) {
    received.add(one);
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Received.parse(line).ifPresent(this::add);
        }
      } catch (IOException e) {
        // the agent went away, or this receiver is closed: accept tells which
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
