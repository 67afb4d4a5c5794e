package io.sessionbridge.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of the loopback address that nobody uses, and that nobody is given by chance while its
 * server is away: systems take the ports of connections from 32768 on, or from higher.
 */
final class FreePort {

  private static final int LOWEST = 16_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  static int find() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // taken
      }
    }
    throw new IOException("no free port found between " + LOWEST + " and " + HIGHEST);
  }
}
