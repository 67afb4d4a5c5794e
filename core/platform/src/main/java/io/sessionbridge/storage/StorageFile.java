package io.sessionbridge.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Positions are in bytes from its start. The methods that change it throw {@link
 * IOException} with the path in the message.
 *
 * <p>Safe for use by several threads, but not by a thread that may be interrupted while another one
 * uses it: an interrupt during a call closes the file for all threads.
 */
public interface StorageFile extends Closeable {

  long size() throws IOException;

  /**
   * Whether the path with which it was opened still refers to this file: false after it was
   * deleted, moved or replaced by another file.
   */
  boolean isInPlace() throws IOException;

  /**
   * Reads into the buffer until it is full or the file ends.
   *
   * @return the number of bytes read, 0 at or beyond the end of the file
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** Writes the whole buffer, extending the file if needed; not durable before a force. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Truncates the file to the size, if it is longer. */
  void truncate(long size) throws IOException;

  /** Returns when everything written before, and the file's size, is durable. */
  void force() throws IOException;
}
