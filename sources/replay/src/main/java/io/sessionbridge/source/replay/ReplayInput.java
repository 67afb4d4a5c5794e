package io.sessionbridge.source.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The origin of lines: files, which can be resumed, or a stream, which cannot. */
interface ReplayInput extends AutoCloseable {

  /** The next complete line; null if there is none now. */
  @Nullable Line read() throws IOException;

  /** The incomplete last line; null if there is none, or more may follow. */
  @Nullable Line readRest() throws IOException;

  /** Whether another line may be read without blocking. */
  boolean hasMoreAtHand() throws IOException;

  @Override
  void close() throws IOException;
}
