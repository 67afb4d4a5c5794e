package io.sessionbridge.source.replay;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that a restart cannot resume. It is not closed. One thread. */
final class ReplayStream implements ReplayInput {

  private final LineReader reader;

  ReplayStream(InputStream in) {
    this.reader = new LineReader(in);
  }

  @Override
  public @Nullable Line read() throws IOException {
    return reader.read();
  }

  @Override
  public @Nullable Line readRest() {
    return reader.readRest();
  }

  @Override
  public boolean hasMoreAtHand() throws IOException {
    return reader.hasMoreAtHand();
  }

  @Override
  public void close() {}
}
