package io.sessionbridge.control;

import java.io.IOException;
import java.util.List;

/** Events as they become durable, for one who watches. Moves no cursor. One thread. */
public interface EventFeed extends AutoCloseable {

  /**
   * What came since the last call.
   *
   * @param skipped events that were passed over because the reader was too slow
   * @param lines JSON objects in UTF-8, in their order
   */
  record News(long skipped, List<byte[]> lines) {
    public News {
      lines = List.copyOf(lines);
    }

    boolean isEmpty() {
      return skipped == 0 && lines.isEmpty();
    }
  }

  News next() throws IOException;

  @Override
  void close() throws IOException;
}
