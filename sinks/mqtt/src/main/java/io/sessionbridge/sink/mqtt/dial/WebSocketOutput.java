package io.sessionbridge.sink.mqtt.dial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Sends the bytes between two flushes as one binary frame (RFC 6455, 5.2). The reading thread
 * answers pings through it.
 */
final class WebSocketOutput extends OutputStream {

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int BINARY = 0x2;
  private static final int PONG = 0xA;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final OutputStream out;
  private final SecureRandom random;
  private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();

  WebSocketOutput(OutputStream out, SecureRandom random) {
    this.out = out;
    this.random = random;
  }

  @Override
  public void write(int b) {
    buffered.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    buffered.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (buffered.size() > 0) {
      byte[] payload = buffered.toByteArray();
      buffered.reset();
      send(BINARY, payload);
    }
  }

  void pong(byte[] payload) throws IOException {
    send(PONG, payload);
  }

  private synchronized void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < TWO_BYTES) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i & 3]));
    }
    out.write(frame.array(), 0, frame.position());
    out.flush();
  }
}
