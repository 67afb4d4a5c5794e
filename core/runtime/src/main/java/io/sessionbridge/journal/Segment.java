package io.sessionbridge.journal;

import java.nio.file.Path;

/**
 * A segment on disk, as the start found it or the writer made it.
 *
 * @param file where it is
 * @param header what it says of itself, or what its name says if its header is damaged
 * @param bytes its size
 */
record Segment(Path file, SegmentHeader header, long bytes) {

  long first() {
    return header.first();
  }

  String epochText() {
    return Epoch.text(header.epoch());
  }
}
