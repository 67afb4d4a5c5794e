package io.sessionbridge.fleet;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Free ports of the loopback address, reserved until this is closed.
 *
 * <p>A broker that is away, or not started yet, does not hold its ports. So each run takes its
 * ports from a block of its own, and holds the first port of the block.
 */
final class Ports implements AutoCloseable {

  /**
   * Below those that systems assign to connections, so that they stay free while a broker is away.
   */
  private static final int LOWEST = 17_000;

  private static final int BLOCK = 64;
  private static final int BLOCKS = 200;

  private final ServerSocket reservation;
  private final List<Integer> numbers;

  private Ports(ServerSocket reservation, List<Integer> numbers) {
    this.reservation = reservation;
    this.numbers = numbers;
  }

  static Ports reserve(int count) throws IOException {
    for (int i = 0; i < BLOCKS; i++) {
      int first = LOWEST + i * BLOCK;
      try {
        ServerSocket reservation = bind(first);
        List<Integer> free = free(first, count);
        if (free.size() == count) {
          return new Ports(reservation, free);
        }
        reservation.close();
      } catch (BindException e) {
        // another run, or another program, has the block
      }
    }
    throw new IOException(
        "no block of "
            + BLOCK
            + " ports has "
            + count
            + " free ports: "
            + LOWEST
            + " to "
            + (LOWEST + BLOCKS * BLOCK - 1));
  }

  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static List<Integer> free(int first, int count) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int port = first + 1; port < first + BLOCK && found.size() < count; port++) {
      try (ServerSocket socket = bind(port)) {
        found.add(socket.getLocalPort());
      } catch (BindException e) {
        // taken by another program
      }
    }
    return found;
  }

  List<Integer> numbers() {
    return numbers;
  }

  @Override
  public void close() throws IOException {
    reservation.close();
  }
}
