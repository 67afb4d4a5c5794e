package io.sessionbridge.journal.file;

import java.nio.file.Path;

/**
 * A segment on disk, found at the start or created by the writer.
 *
 * @param file its path
 * @param header its header, or, if that is damaged, the header derived from its name
 * @param bytes its size
 */
public record Segment(Path file, SegmentHeader header, long bytes) {

  /** Room reserved for some dozens of holes. */
  public static final int RESERVED = 2048;

  public long first() {
    return header.first();
  }

  public String epochText() {
    return Epoch.text(header.epoch());
  }
}
