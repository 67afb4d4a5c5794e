package io.sessionbridge.sink.mqtt.dial;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** Reads the payload of a server's frames and answers its pings (RFC 6455, 5). */
final class WebSocketInput extends InputStream {

  private static final int CONTINUATION = 0x0;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int LONGEST_CONTROL = 125;

  private final DataInputStream in;
  private final WebSocketOutput out;
  private long left;
  private boolean closed;

  WebSocketInput(InputStream in, WebSocketOutput out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left == 0 && !closed) {
      nextFrame();
    }
    if (closed) {
      return -1;
    }
    int read = in.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    closed = read < 0;
    return read;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  private void nextFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      closed = true;
      return;
    }
    long length = length(in.readUnsignedByte());
    switch (first & 0x0F) {
      case CONTINUATION, BINARY -> left = length;
      case CLOSE -> closed = true;
      case PING -> out.pong(control(length));
      case PONG -> control(length);
      default -> throw new ProtocolException("a WebSocket frame of type " + (first & 0x0F));
    }
  }

  private long length(int second) throws IOException {
    if (second >= 128) {
      throw new ProtocolException("a masked WebSocket frame from a server");
    }
    long length = second;
    if (second == 126) {
      length = in.readUnsignedShort();
    } else if (second == 127) {
      length = in.readLong();
    }
    if (length < 0) {
      throw new ProtocolException("a WebSocket frame of " + length + " bytes");
    }
    return length;
  }

  private byte[] control(long length) throws IOException {
    if (length > LONGEST_CONTROL) {
      throw new ProtocolException("a WebSocket control frame of " + length + " bytes");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return payload;
  }
}
