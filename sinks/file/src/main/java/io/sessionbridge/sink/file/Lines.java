package io.sessionbridge.sink.file;

import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.text.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A batch as lines.
 *
 * @param bytes the lines
 * @param rejected events whose body contains a line break and so cannot be a line
 */
record Lines(byte[] bytes, List<Rejection> rejected) {

  /** The bodies unchanged. */
  static Lines of(List<EncodedEvent> batch) {
    return of(batch, UnaryOperator.identity());
  }

  /** For a terminal: escapes characters that control it. */
  static Lines forTerminal(List<EncodedEvent> batch) {
    return of(batch, UntrustedText::escaped);
  }

  private static Lines of(List<EncodedEvent> batch, UnaryOperator<byte[]> shown) {
    List<byte[]> bodies = new ArrayList<>(batch.size());
    List<Rejection> rejected = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < batch.size(); i++) {
      byte[] body = batch.get(i).body();
      if (hasLineBreak(body)) {
        rejected.add(new Rejection(i, "contains a line break, which a file of lines cannot hold"));
        continue;
      }
      byte[] line = shown.apply(body);
      bodies.add(line);
      length += line.length + 1;
    }
    return new Lines(joined(bodies, length), rejected);
  }

  /** Allocates the exact size: a growing buffer would hold a batch three times. */
  private static byte[] joined(List<byte[]> bodies, int length) {
    byte[] lines = new byte[length];
    int at = 0;
    for (byte[] body : bodies) {
      System.arraycopy(body, 0, lines, at, body.length);
      at += body.length;
      lines[at++] = '\n';
    }
    return lines;
  }

  private static boolean hasLineBreak(byte[] body) {
    for (byte b : body) {
      if (b == '\n') {
        return true;
      }
    }
    return false;
  }
}
