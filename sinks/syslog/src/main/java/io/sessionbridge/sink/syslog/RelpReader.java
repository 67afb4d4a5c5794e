package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the frames of a receiver. One thread. */
final class RelpReader {

  private static final int LONGEST = 128 * 1024;
  private static final int DIGITS = 9;
  private static final int COMMAND = 32;

  /** Where the bytes come from. */
  interface Wire {
    /** Reads what is there, or waits for it; at least one byte. */
    int read(byte[] to, int offset) throws IOException;

    /** As {@link #read}, but waits no longer than that; 0 if nothing came. */
    int readSoon(byte[] to, int offset, int millis) throws IOException;
  }

  private final Wire wire;
  private byte[] buffer = new byte[8192];
  private int start;
  private int end;

  RelpReader(Wire wire) {
    this.wire = wire;
  }

  /** Whether everything that was read is taken. */
  boolean isEmpty() {
    return start == end;
  }

  /** The next frame; waits for it as long as the wire is patient. */
  RelpFrame next() throws IOException {
    Optional<RelpFrame> frame = buffered();
    while (frame.isEmpty()) {
      makeRoom();
      end += wire.read(buffer, end);
      frame = buffered();
    }
    return frame.get();
  }

  /** The next frame, if it comes soon. */
  Optional<RelpFrame> nextWithin(int millis) throws IOException {
    Optional<RelpFrame> frame = buffered();
    while (frame.isEmpty()) {
      makeRoom();
      int count = wire.readSoon(buffer, end, millis);
      if (count == 0) {
        return frame;
      }
      end += count;
      frame = buffered();
    }
    return frame;
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  /** The next frame, if all of it is here already. */
  private Optional<RelpFrame> buffered() throws IOException {
    int at = start;
    int space = endOfWord(at, DIGITS);
    if (space < 0) {
      return Optional.empty();
    }
    int transaction = number(at, space);
    at = space + 1;
    space = endOfWord(at, COMMAND);
    if (space < 0) {
      return Optional.empty();
    }
    String command = word(at, space);
    at = space + 1;
    space = endOfWord(at, DIGITS);
    if (space < 0) {
      return Optional.empty();
    }
    int length = number(at, space);
    if (length > LONGEST) {
      throw new IOException("the receiver's answer has " + length + " bytes: is it RELP?");
    }
    // Without data the line ends here; some receivers put a space before the end nevertheless.
    at = buffer[space] == '\n' ? space : space + 1;
    if (end - at < length + 1) {
      return Optional.empty();
    }
    if (buffer[at + length] != '\n') {
      throw new IOException("the receiver's answer does not end: is it RELP?");
    }
    byte[] data = Arrays.copyOfRange(buffer, at, at + length);
    start = at + length + 1;
    return Optional.of(new RelpFrame(transaction, command, data));
  }

  /** Where the word ends that begins there; negative if it has not all come yet. */
  private int endOfWord(int from, int longest) throws IOException {
    for (int i = from; i < end; i++) {
      if (buffer[i] == ' ' || buffer[i] == '\n') {
        return i;
      }
      if (i - from == longest) {
        throw new IOException(
            "the receiver says " + UntrustedText.part(word(from, i)) + "...: is it RELP?");
      }
    }
    return -1;
  }

  private int number(int from, int to) throws IOException {
    try {
      return Integer.parseUnsignedInt(word(from, to));
    } catch (NumberFormatException e) {
      String said = UntrustedText.part(word(from, to));
      throw new IOException("the receiver says " + said + ": is it RELP?", e);
    }
  }

  private String word(int from, int to) {
    return new String(buffer, from, to - from, UTF_8);
  }
}
