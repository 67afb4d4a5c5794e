package io.sessionbridge.sink.file;

import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch as lines.
 *
 * @param bytes what to write
 * @param rejected events whose body has a line break in it and so cannot be a line
 */
record Lines(byte[] bytes, List<Rejection> rejected) {

  static Lines of(List<EncodedEvent> batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(batch.size() * 512);
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      byte[] body = batch.get(i).body();
      if (hasLineBreak(body)) {
        rejected.add(new Rejection(i, "has a line break, which a file of lines cannot hold"));
        continue;
      }
      out.writeBytes(body);
      out.write('\n');
    }
    return new Lines(out.toByteArray(), rejected);
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
