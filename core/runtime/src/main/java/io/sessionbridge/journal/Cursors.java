package io.sessionbridge.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All cursors of a journal. Each one that was ever made holds its segments, whether anybody still
 * uses it or not, until {@link #forget}. What only looks never waits for the disk. Any thread.
 */
public interface Cursors {

  /**
   * Opens a cursor, or makes it where it does not exist yet. A disk that refuses stops no start:
   * the new cursor stands in memory and holds its segments, and its file is tried again.
   */
  Cursor open(String id, Start start);

  /** A cursor that exists. */
  Optional<Cursor> find(String id);

  /** All cursors by id. */
  List<Cursor> all();

  /** Cursors on disk that nobody opened since the start: what they hold stays for nobody. */
  List<String> unused();

  /** Gives up a cursor for good, and with it what only it held. */
  void forget(String id) throws IOException;
}
