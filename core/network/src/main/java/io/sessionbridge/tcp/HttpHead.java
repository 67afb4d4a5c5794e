package io.sessionbridge.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sessionbridge.text.UntrustedText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP response; what follows it stays unread in the socket.
 *
 * @param status the status line
 * @param fields header fields, with names in lower case
 */
public record HttpHead(String status, Map<String, String> fields) {

  private static final int LONGEST = 16 * 1024;
  private static final int EMPTY_LINE = 0x0D0A0D0A;

  /** Thrown if the peer refused the request. The message is its sanitized status line. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
      super(UntrustedText.part(message));
    }
  }

  /**
   * Reads a head of at most 16 KiB.
   *
   * @param in read byte by byte, because what follows the head belongs to the next protocol
   */
  public static HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lastFour = 0;
    while (lastFour != EMPTY_LINE) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("it closed the connection before it answered");
      }
      head.write(b);
      lastFour = lastFour << 8 | b;
      if (head.size() > LONGEST) {
        throw new RefusedException("its answer is not HTTP");
      }
    }
    return parse(head.toString(ISO_8859_1));
  }

  private static HttpHead parse(String head) throws RefusedException {
    List<String> lines = head.lines().toList();
    if (!lines.get(0).startsWith("HTTP/1.")) {
      throw new RefusedException("its answer is not HTTP");
    }
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    return new HttpHead(lines.get(0).trim(), fields);
  }

  /** The status code; 0 if it is invalid. */
  public int code() {
    String[] parts = status.split(" ", 3);
    return parts.length > 1 && parts[1].matches("\\d{3}") ? Integer.parseInt(parts[1]) : 0;
  }

  /** Empty if the field is absent. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
