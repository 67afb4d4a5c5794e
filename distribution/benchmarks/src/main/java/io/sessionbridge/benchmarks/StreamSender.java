package io.sessionbridge.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/** Messages with their lengths in front, in writes as large as those of the agent's sink. */
final class StreamSender implements MessageSender {

  private static final int CHUNK = 16 * 1024;

  private final Socket socket;
  private final OutputStream out;
  private final List<byte[]> frames;

  /**
   * Over a connection.
   *
   * @param socket that is connected; closed with this
   */
  StreamSender(Socket socket, List<byte[]> messages) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.frames = messages.stream().map(StreamSender::frame).toList();
  }

  private static byte[] frame(byte[] message) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes((message.length + " ").getBytes(US_ASCII));
    frame.writeBytes(message);
    return frame.toByteArray();
  }

  @Override
  public void send(int count) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(2 * CHUNK);
    for (int i = 0; i < count; i++) {
      chunk.writeBytes(frames.get(i % frames.size()));
      if (chunk.size() >= CHUNK || i == count - 1) {
        chunk.writeTo(out);
        chunk.reset();
      }
    }
  }

  /** Waits until the receiver has read everything. */
  @Override
  public void close() throws IOException {
    try (socket) {
      socket.shutdownOutput();
      long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
