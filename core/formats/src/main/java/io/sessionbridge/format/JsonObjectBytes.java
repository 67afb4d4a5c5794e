package io.sessionbridge.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/**
 * Builds a JSON object in UTF-8 from texts and from encoded JSON, which is copied. Escapes the same
 * characters as Jackson, without the overhead of its generator. For use by one thread.
 */
final class JsonObjectBytes {

  private byte[] bytes;
  private int size;

  /**
   * An empty object.
   *
   * @param room its approximate size in bytes
   */
  JsonObjectBytes(int room) {
    this.bytes = new byte[Math.max(room, 2)];
  }

  /**
   * Adds a text.
   *
   * @param name ASCII, without characters that JSON escapes
   */
  void put(String name, String value) {
    putName(name);
    reserve(value.length() + 2);
    bytes[size++] = '"';
    if (!putPlain(value)) {
      copy(JsonStringEncoder.getInstance().quoteAsUTF8(value), 0);
      reserve(1);
    }
    bytes[size++] = '"';
  }

  /** Adds an object under a name. */
  void putObject(String name, byte[] object) {
    putName(name);
    copy(object, 0);
  }

  /** Adds the members of a non-empty object unchanged. */
  void putMembersOf(byte[] object) {
    begin(0);
    copy(object, 1);
    size--; // its closing brace
  }

  byte[] end() {
    reserve(1);
    bytes[size++] = '}';
    return Arrays.copyOf(bytes, size);
  }

  private void putName(String name) {
    begin(name.length() + 3);
    bytes[size++] = '"';
    boolean unused = putPlain(name);
    bytes[size++] = '"';
    bytes[size++] = ':';
  }

  private void begin(int more) {
    reserve(more + 1);
    bytes[size] = (byte) (size == 0 ? '{' : ',');
    size++;
  }

  /** Copies a text that needs no escapes; otherwise copies nothing. There must be room for it. */
  private boolean putPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        return false;
      }
      bytes[size + i] = (byte) c;
    }
    size += text.length();
    return true;
  }

  private void copy(byte[] from, int start) {
    reserve(from.length - start);
    System.arraycopy(from, start, bytes, size, from.length - start);
    size += from.length - start;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
