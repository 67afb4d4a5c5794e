package io.sessionbridge.sink.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Accepts one connection and answers its packets one by one as the test specifies, for behaviour
 * that Mosquitto never shows.
 */
final class TestingScriptedBroker implements AutoCloseable {

  static final int PINGREQ = 0xC0;
  private static final int NOTHING = -1;
  private static final long PATIENCE_SECONDS = 5;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Integer> types = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> served;

  /**
   * @param answers in hexadecimal, the first to CONNECT; a packet without an answer is only
   *     recorded
   */
  TestingScriptedBroker(String... answers) throws IOException {
    served = CompletableFuture.runAsync(() -> serve(answers));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve(String... answers) {
    try (Socket client = listener.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      for (int i = 0; ; i++) {
        types.add(skipPacket(in));
        if (i < answers.length) {
          client.getOutputStream().write(HexFormat.of().parseHex(answers[i]));
        }
      }
    } catch (IOException e) {
      types.add(NOTHING); // the client has closed
    }
  }

  /** Supports packets of less than 16 KiB. */
  private static int skipPacket(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length >= 128) {
      length = length - 128 + 128 * in.readUnsignedByte();
    }
    in.skipNBytes(length);
    return type;
  }

  /** The first byte of the next packet; -1 if none comes within some seconds. */
  int nextPacket() throws InterruptedException {
    Integer type = types.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return type == null ? NOTHING : type;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    served.cancel(true);
  }
}
