package io.sessionbridge.journal.file;

import java.nio.file.Path;

/**
 * A segment on disk, as the start found it or the writer made it.
 *
 * @param file where it is
 * @param header what it says of itself, or what its name says if its header is damaged
 * @param bytes its size
 */
public record Segment(Path file, SegmentHeader header, long bytes) {

  /** Room that only holes may use: some dozens of them. */
  public static final int RESERVED = 2048;

  public long first() {
    return header.first();
  }

  public String epochText() {
    return Epoch.text(header.epoch());
  }
}
