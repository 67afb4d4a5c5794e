package io.sessionbridge.fleet;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Free ports of the loopback address that the system does not assign to connections. */
final class Ports {

  /**
   * Below those that systems take for connections, so that they stay free while a broker is away.
   */
  private static final int LOWEST = 17_000;

  private static final int HIGHEST = 31_000;

  private Ports() {}

  static List<Integer> free(int count) throws IOException {
    List<Integer> found = new ArrayList<>();
    int from = LOWEST + (int) (ProcessHandle.current().pid() % 10_000);
    for (int port = from; port < HIGHEST && found.size() < count; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        found.add(socket.getLocalPort());
      } catch (BindException e) {
        // taken
      }
    }
    if (found.size() < count) {
      throw new IOException("no " + count + " free ports between " + from + " and " + HIGHEST);
    }
    return found;
  }
}
