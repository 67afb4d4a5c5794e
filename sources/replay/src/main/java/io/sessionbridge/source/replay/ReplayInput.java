package io.sessionbridge.source.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where lines come from: a file that can be continued, or a stream that cannot. One thread. */
interface ReplayInput extends AutoCloseable {

  /** The next line that has its line end; null at the end of what is there. */
  @Nullable Line read() throws IOException;

  /** What stands at the end without a line end; null if nothing does, or the file was cut. */
  @Nullable Line readRest() throws IOException;

  /** True if another line may be read without waiting. */
  boolean hasMoreAtHand() throws IOException;

  /** What to remember once the line is durable; null if it would be of no use. */
  byte @Nullable [] positionAfter(Line line) throws IOException;

  /** True if another file has the name now, or the file was cut. */
  boolean isReplaced() throws IOException;

  /** Goes to the beginning of what has the name now. */
  void startOver() throws IOException;

  @Override
  void close() throws IOException;
}
