package io.sessionbridge.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Positions are bytes from its start. What changes it throws {@link IOException} with
 * the path in its message.
 *
 * <p>Safe for use by several threads, but never by one that may be interrupted while another uses
 * it: an interrupt inside a call closes the file for everybody.
 */
public interface StorageFile extends Closeable {

  long size() throws IOException;

  /**
   * Reads into the buffer until it is full or the file ends.
   *
   * @return the number of bytes read, 0 at or beyond the end of the file
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes all of the buffer, extending the file where needed; not durable before a force. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Cuts the file to the size, if it is longer. */
  void truncate(long size) throws IOException;

  /** Returns when everything written before, and the file's size, survives a power cut. */
  void force() throws IOException;
}
