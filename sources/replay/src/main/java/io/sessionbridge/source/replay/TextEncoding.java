package io.sessionbridge.source.replay;

import io.sessionbridge.event.EventFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text encoding of a file, according to the byte order mark at its start. */
enum TextEncoding {
  UTF_8(StandardCharsets.UTF_8, 1, "\u00EF\u00BB\u00BF"),
  UTF_16LE(StandardCharsets.UTF_16LE, 2, "\u00FF\u00FE"),
  UTF_16BE(StandardCharsets.UTF_16BE, 2, "\u00FE\u00FF");

  /** Bytes of the longest byte order mark. */
  static final int LONGEST_MARK = 3;

  private final Charset charset;
  private final int unit;
  private final String mark;

  /**
   * @param mark one character for each byte
   */
  TextEncoding(Charset charset, int unit, String mark) {
    this.charset = charset;
    this.unit = unit;
    this.mark = mark;
  }

  /**
   * The encoding of a text that starts with these bytes; null if more bytes are needed. A text
   * without a byte order mark is UTF-8.
   */
  static @Nullable TextEncoding detect(byte[] bytes, int from, int to) {
    boolean mayBecomeMarked = from == to;
    for (TextEncoding encoding : values()) {
      int same = encoding.sameBytes(bytes, from, to);
      if (same == encoding.mark.length()) {
        return encoding;
      }
      mayBecomeMarked |= same == to - from;
    }
    return mayBecomeMarked ? null : UTF_8;
  }

  private int sameBytes(byte[] bytes, int from, int to) {
    int same = 0;
    while (same < mark.length()
        && from + same < to
        && bytes[from + same] == (byte) mark.charAt(same)) {
      same++;
    }
    return same;
  }

  /** The size of a code unit in bytes; a line end is one unit. */
  int unit() {
    return unit;
  }

  /** The start of the first line end at a unit boundary; -1 if there is none. */
  int lineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i + unit <= to; i += unit) {
      if (isChar(bytes, i, '\n')) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The end of these bytes without the zeros at their end. The zero of a code unit that has another
   * byte stays.
   *
   * @param offset of the first byte in the file
   */
  int endWithoutZeros(byte[] bytes, int from, int to, long offset) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    int partOfUnit = (int) ((offset + end - from) % unit);
    return Math.min(to, partOfUnit == 0 ? end : end + unit - partOfUnit);
  }

  private boolean isChar(byte[] bytes, int at, char wanted) {
    return switch (this) {
      case UTF_8 -> bytes[at] == wanted;
      case UTF_16LE -> bytes[at] == wanted && bytes[at + 1] == 0;
      case UTF_16BE -> bytes[at] == 0 && bytes[at + 1] == wanted;
    };
  }

  /** Removes a carriage return at the end and, in a first line, the byte order mark. */
  byte[] trimmed(byte[] bytes, boolean first) {
    int from = first && sameBytes(bytes, 0, bytes.length) == mark.length() ? mark.length() : 0;
    int last = bytes.length - unit;
    return Arrays.copyOfRange(
        bytes, from, last >= from && isChar(bytes, last, '\r') ? last : bytes.length);
  }

  /** Whether there are only spaces and tabs. */
  boolean isBlank(byte[] bytes) {
    for (int i = 0; i < bytes.length; i += unit) {
      boolean whole = i + unit <= bytes.length;
      if (!whole || !(isChar(bytes, i, ' ') || isChar(bytes, i, '\t'))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Decodes strictly; a JSON parser would guess the encoding and accept some invalid bytes.
   *
   * @throws EventFormatException if a byte is not valid in this encoding
   */
  String decode(byte[] bytes) throws EventFormatException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      String name = this == UTF_8 ? "UTF-8" : "UTF-16, as its byte order mark says";
      throw new EventFormatException("not " + name);
    }
  }
}
