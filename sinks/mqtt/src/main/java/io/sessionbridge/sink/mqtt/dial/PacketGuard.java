package io.sessionbridge.sink.mqtt.dial;

import io.sessionbridge.tcp.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Protects Paho, which allocates any length that a broker announces, up to 256 MiB, and waits for
 * the bytes without a timeout. Checks the fixed headers of the packets (MQTT 5, 2.1), so that no
 * packet is longer than {@link #LONGEST}, and each packet completes in time.
 *
 * <p>The sink subscribes to nothing, so a broker sends no long packets: the longest is a CONNACK of
 * version 5 with its properties. For use by one thread.
 */
final class PacketGuard extends FilterInputStream {

  /** The maximum length of a packet after its fixed header. */
  static final int LONGEST = 128 * 1024;

  private static final int CONTINUES = 0x80;
  private static final int MOST_SHIFT = 21;

  private enum Expected {
    TYPE,
    LENGTH,
    REST
  }

  private final Consumer<@Nullable Deadline> limit;
  private final Supplier<Deadline> endOfPacket;
  private Expected next = Expected.TYPE;
  private int type;
  private int left;
  private int shift;

  /**
   * @param limit receives the deadline of a packet, and null when the packet is complete
   * @param endOfPacket the deadline of a packet that starts now
   */
  PacketGuard(InputStream in, Consumer<@Nullable Deadline> limit, Supplier<Deadline> endOfPacket) {
    super(in);
    this.limit = limit;
    this.endOfPacket = endOfPacket;
  }

  @Override
  public int read() throws IOException {
    int b;
    try {
      b = super.read();
    } catch (SocketTimeoutException e) {
      throw late(e);
    }
    if (b >= 0) {
      accept(b);
    }
    return b;
  }

  /** Changes the exception type, because Paho continues after a timeout. */
  private static IOException late(SocketTimeoutException e) {
    return new IOException("the broker does not complete a packet that it started", e);
  }

  /** Never reads beyond the end of a packet, so that headers are always read byte by byte. */
  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next != Expected.REST) {
      int b = read();
      if (b < 0) {
        return -1;
      }
      to[offset] = (byte) b;
      return 1;
    }
    int count;
    try {
      count = super.read(to, offset, Math.min(length, left));
    } catch (SocketTimeoutException e) {
      throw late(e);
    }
    if (count > 0) {
      left -= count;
      endIfComplete();
    }
    return count;
  }

  private void accept(int b) throws IOException {
    switch (next) {
      case TYPE -> {
        type = b >> 4;
        left = 0;
        shift = 0;
        next = Expected.LENGTH;
        limit.accept(endOfPacket.get());
      }
      case LENGTH -> acceptLength(b);
      case REST -> {
        left--;
        endIfComplete();
      }
    }
  }

  private void acceptLength(int b) throws IOException {
    if (shift > MOST_SHIFT) {
      throw new IOException("the broker sends a packet with an invalid length: is it MQTT?");
    }
    left |= (b & ~CONTINUES) << shift;
    shift += 7;
    if ((b & CONTINUES) != 0) {
      return;
    }
    if (left > LONGEST) {
      throw new IOException(
          "the broker sends a packet of type "
              + type
              + " with "
              + left
              + " bytes, more than "
              + LONGEST
              + ": is it MQTT?");
    }
    next = Expected.REST;
    endIfComplete();
  }

  private void endIfComplete() {
    if (left == 0) {
      next = Expected.TYPE;
      limit.accept(null);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return count > 0 && read() >= 0 ? 1 : 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
