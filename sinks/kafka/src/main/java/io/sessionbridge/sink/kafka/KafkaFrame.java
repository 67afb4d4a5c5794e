package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.text.UntrustedText;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The framing of Kafka requests and responses (protocol guide, "Protocol Primitive Types"): a
 * length of four bytes, then as many bytes. A response of more than 1 MiB is not read.
 */
final class KafkaFrame {

  static final int LONGEST = 1 << 20;

  /** Every response begins with the correlation id of its request. */
  private static final int CORRELATION_BYTES = 4;

  private static final int START = 16;

  private KafkaFrame() {}

  /** Encodes a request with header version 1. */
  static byte[] request(int api, int version, int correlation, String clientId, byte[] body) {
    byte[] id = clientId.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(4 + 10 + id.length + body.length);
    frame.putInt(frame.capacity() - 4);
    frame.putShort((short) api).putShort((short) version).putInt(correlation);
    frame.putShort((short) id.length).put(id).put(body);
    return frame.array();
  }

  /**
   * Reads a response.
   *
   * @return the bytes after the correlation id
   * @throws EOFException if the peer closed the connection
   * @throws ForeignException if it is not a Kafka response
   */
  static ByteBuffer read(InputStream in, int correlation) throws IOException {
    DataInputStream data = new DataInputStream(in);
    byte[] start = new byte[4];
    data.readFully(start);
    int length = ByteBuffer.wrap(start).getInt();
    if (length < CORRELATION_BYTES || length > LONGEST) {
      throw new ForeignException(start, in);
    }
    byte[] frame = data.readNBytes(length);
    if (frame.length < length) {
      throw new EOFException("it closed the connection within its answer");
    }
    ByteBuffer answer = ByteBuffer.wrap(frame);
    if (answer.getInt() != correlation) {
      throw new ForeignException(start, in);
    }
    return answer;
  }

  /** Thrown if the peer does not speak Kafka. */
  static final class ForeignException extends IOException {
    private static final long serialVersionUID = 1L;

    private final byte[] start;

    private ForeignException(byte[] four, InputStream in) {
      super("its answer begins with " + shown(four, in));
      this.start = four.clone();
    }

    /** Includes the available bytes, which may be a line of HTTP. */
    private static String shown(byte[] four, InputStream in) {
      StringBuilder text = new StringBuilder(new String(four, ISO_8859_1));
      try {
        for (int i = 0; i < START && in.available() > 0; i++) {
          text.append((char) in.read());
        }
      } catch (IOException e) {
        text.append("...");
      }
      return '"' + UntrustedText.part(text.toString()) + '"';
    }

    /** An alert or a handshake record of TLS (RFC 8446, 5.1). */
    boolean isTls() {
      return (start[0] == 0x15 || start[0] == 0x16) && start[1] == 0x03;
    }

    boolean isHttp() {
      return new String(start, ISO_8859_1).equals("HTTP");
    }
  }
}
