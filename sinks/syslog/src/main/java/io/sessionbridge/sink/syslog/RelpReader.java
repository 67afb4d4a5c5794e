package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the frames of a receiver. For use by one thread. */
final class RelpReader {

  private static final int LONGEST = 128 * 1024;
  private static final int DIGITS = 9;
  private static final int COMMAND = 32;

  /** The source of bytes. */
  interface Input {
    /** Reads available bytes, or waits for at least one. */
    int read(byte[] to, int offset) throws IOException;

    /** Like {@link #read}, but with a time limit; 0 if nothing arrived. */
    int readSoon(byte[] to, int offset, int millis) throws IOException;
  }

  private final Input input;
  private byte[] buffer = new byte[8192];
  private int start;
  private int end;

  RelpReader(Input input) {
    this.input = input;
  }

  /** Whether all bytes read so far were consumed. */
  boolean isEmpty() {
    return start == end;
  }

  /** The next frame; waits for it with the timeout of the input. */
  RelpFrame next() throws IOException {
    Optional<RelpFrame> frame = buffered();
    while (frame.isEmpty()) {
      makeRoom();
      end += input.read(buffer, end);
      frame = buffered();
    }
    return frame.get();
  }

  /** The next frame, if it arrives within this time. */
  Optional<RelpFrame> nextWithin(int millis) throws IOException {
    Optional<RelpFrame> frame = buffered();
    while (frame.isEmpty()) {
      makeRoom();
      int count = input.readSoon(buffer, end, millis);
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

  /** The next frame, if it was read completely. */
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
    // Without data the line ends here; some receivers still send a space before the end.
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

  /** The end of the word at this position; negative if it was not read completely. */
  private int endOfWord(int from, int longest) throws IOException {
    for (int i = from; i < end; i++) {
      if (buffer[i] == ' ' || buffer[i] == '\n') {
        return i;
      }
      if (i - from == longest) {
        throw new IOException(
            "the receiver sends " + UntrustedText.part(word(from, i)) + "...: is it RELP?");
      }
    }
    return -1;
  }

  private int number(int from, int to) throws IOException {
    try {
      return Integer.parseUnsignedInt(word(from, to));
    } catch (NumberFormatException e) {
      String text = UntrustedText.part(word(from, to));
      throw new IOException("the receiver sends " + text + ": is it RELP?", e);
    }
  }

  private String word(int from, int to) {
    return new String(buffer, from, to - from, UTF_8);
  }
}
