package io.sessionbridge.sink.eventlog.messages;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds binary data for Windows: little-endian numbers, text in UTF-16. */
final class LittleEndian {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  LittleEndian word(int value) {
    bytes.write(value);
    bytes.write(value >>> 8);
    return this;
  }

  LittleEndian dword(int value) {
    return word(value).word(value >>> 16);
  }

  LittleEndian qword(long value) {
    return dword((int) value).dword((int) (value >>> 32));
  }

  LittleEndian text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_16LE));
  }

  LittleEndian raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  LittleEndian zeros(int count) {
    return raw(new byte[count]);
  }

  /** Pads with zeros to a multiple of this size. */
  LittleEndian align(int size) {
    return zeros(up(size(), size) - size());
  }

  int size() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Rounds up to a multiple. */
  static int up(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
