package io.sessionbridge.journal;

import java.time.Duration;

/**
 * Size, age and durability settings of a journal.
 *
 * @param maxBytes of all segments together; exceeded by one segment while a group waits for room
 * @param segmentBytes preallocated size of a segment; a larger group gets a larger segment
 * @param maxAge after which a segment is deleted, read or not
 * @param segmentMaxAge after which a segment is closed, so that it can be deleted once read
 * @param whenFull what happens at maxBytes
 * @param durability what a durable append survives
 * @param keepsRead true for a journal without cursors, which deletes only by size and age
 */
public record JournalConfig(
    long maxBytes,
    int segmentBytes,
    Duration maxAge,
    Duration segmentMaxAge,
    WhenFull whenFull,
    Durability durability,
    boolean keepsRead) {

  /** What happens when maxBytes is reached. */
  public enum WhenFull {
    /** The oldest segment is evicted; readers that have not passed it get a hole. */
    DROP_OLDEST,
    /** All appends wait for the slowest cursor. */
    BLOCK
  }

  /** What a durable append survives. */
  public enum Durability {
    /** A power cut. */
    FSYNC,
    /** The end of the process; a power cut may take the last seconds. */
    OS
  }

  private static final int MIN_SEGMENT_BYTES = 4096;

  public JournalConfig {
    if (segmentBytes < MIN_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "a segment needs " + MIN_SEGMENT_BYTES + " bytes, had " + segmentBytes);
    }
  }

  /** 1 GiB in segments of 4 MiB, 90 days, fsync. */
  public static JournalConfig defaults() {
    return new JournalConfig(
        1L << 30,
        4 << 20,
        Duration.ofDays(90),
        Duration.ofDays(1),
        WhenFull.DROP_OLDEST,
        Durability.FSYNC,
        false);
  }

  /** 64 MiB in segments of 1 MiB, without cursors. */
  public static JournalConfig deadLetters() {
    return new JournalConfig(
        64L << 20,
        1 << 20,
        Duration.ofDays(90),
        Duration.ofDays(3650),
        WhenFull.DROP_OLDEST,
        Durability.FSYNC,
        true);
  }
}
