package io.sessionbridge.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All cursors of a journal. Each cursor keeps its segments, used or not, until {@link #forget}.
 * Read-only methods never wait for the disk. Thread-safe.
 */
public interface Cursors {

  /**
   * Opens a cursor, or creates it. A disk error does not fail the call: the new cursor then exists
   * in memory and keeps its segments, and the write of its file is retried.
   */
  Cursor open(String id, Start start);

  /** The cursor, if it exists. */
  Optional<Cursor> find(String id);

  /** All cursors by id. */
  List<Cursor> all();

  /**
   * Cursors on disk that were not opened since the start; they keep segments that nothing reads.
   */
  List<String> unused();

  /** Deletes a cursor, and releases the segments that only it kept. */
  void forget(String id) throws IOException;
}
