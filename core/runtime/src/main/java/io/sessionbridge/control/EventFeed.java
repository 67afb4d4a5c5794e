package io.sessionbridge.control;

import java.io.IOException;
import java.util.List;

/** Events as they become durable, for a watching client. Moves no cursor. One thread. */
public interface EventFeed extends AutoCloseable {

  /**
   * The events since the last call.
   *
   * @param skipped events skipped because the reader was too slow
   * @param lines JSON objects in UTF-8, in journal order
   */
  record Batch(long skipped, List<byte[]> lines) {
    public Batch {
      lines = List.copyOf(lines);
    }

    boolean isEmpty() {
      return skipped == 0 && lines.isEmpty();
    }
  }

  Batch next() throws IOException;

  @Override
  void close() throws IOException;
}
