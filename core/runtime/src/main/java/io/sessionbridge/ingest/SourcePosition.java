package io.sessionbridge.ingest;

/**
 * The position of a source.
 *
 * @param sequence of the durable event that had the position
 * @param position opaque to all but the source
 * @param seenSeconds when the source was last configured, in seconds since 1970
 */
record SourcePosition(long sequence, byte[] position, long seenSeconds) {

  SourcePosition seenAt(long seconds) {
    return new SourcePosition(sequence, position, seconds);
  }
}
