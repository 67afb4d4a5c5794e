package io.sessionbridge.event;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the items of an {@link EventRecord}'s envelope. */
final class Envelope {

  private static final int MAX_LENGTH = 0xFFFF;

  private ByteBuffer items = ByteBuffer.allocate(128);

  void put(byte tag, long value) {
    room(11).put(tag).putShort((short) 8).putLong(value);
  }

  void put(byte tag, String value) {
    put(tag, value.getBytes(StandardCharsets.UTF_8));
  }

  void put(byte tag, byte[] value) {
    room(3 + value.length).put(tag).putShort((short) value.length).put(value);
  }

  private ByteBuffer room(int bytes) {
    if (items.position() + bytes > MAX_LENGTH) {
      throw new BufferOverflowException();
    }
    if (items.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * items.capacity(), items.position() + bytes));
      items = larger.put(items.flip());
    }
    return items;
  }

  /** Returns the whole record: version, length of the envelope, the envelope, the data. */
  byte[] followedBy(byte version, byte[] json) {
    items.flip();
    return ByteBuffer.allocate(3 + items.remaining() + json.length)
        .put(version)
        .putShort((short) items.remaining())
        .put(items)
        .put(json)
        .array();
  }
}
