package io.sessionbridge.sink.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Unused ports of 127.0.0.1. */
final class TestingPorts {

  private TestingPorts() {}

  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
