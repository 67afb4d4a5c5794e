package io.sessionbridge.source.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where lines come from: files that can be continued, or a stream that cannot. */
interface ReplayInput extends AutoCloseable {

  /** The next line that has its line end; null if there is none now. */
  @Nullable Line read() throws IOException;

  /** What stands at the end without a line end; null if nothing does, or more may come. */
  @Nullable Line readRest() throws IOException;

  /** True if another line may be read without waiting. */
  boolean hasMoreAtHand() throws IOException;

  @Override
  void close() throws IOException;
}
