package io.sessionbridge.sink.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes one connection and allows it one second of silence. Mosquitto allows ten at least. */
final class TestingImpatientBroker implements AutoCloseable {

  /** CONNACK, success, with the property Server Keep Alive = 1 (MQTT 5, 3.2). */
  private static final byte[] CONNACK = {0x20, 6, 0, 0, 3, 0x13, 0, 1};

  private static final byte[] PINGRESP = {(byte) 0xD0, 0};
  private static final int PINGREQ = 0xC0;
  private static final long PATIENCE_SECONDS = 5;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<Integer> secondPacket =
      CompletableFuture.supplyAsync(this::serve);

  TestingImpatientBroker() throws IOException {}

  int port() {
    return listener.getLocalPort();
  }

  /** The type of what comes after CONNECT. */
  private int serve() {
    try (Socket client = listener.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      skipPacket(in);
      client.getOutputStream().write(CONNACK);
      int type = skipPacket(in);
      client.getOutputStream().write(PINGRESP);
      return type;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** For packets of less than 16 KiB. */
  private static int skipPacket(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length >= 128) {
      length = length - 128 + 128 * in.readUnsignedByte();
    }
    in.skipNBytes(length);
    return type;
  }

  /** Whether a ping comes before long, and nothing else. */
  boolean awaitPing() throws InterruptedException, ExecutionException {
    try {
      return secondPacket.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == PINGREQ;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
