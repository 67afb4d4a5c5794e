package io.sessionbridge.journal;

import java.time.Duration;

/**
 * How much a journal holds and how hard it tries.
 *
 * @param maxBytes of all segments together; one segment more while something waits for room
 * @param segmentBytes of a segment, preallocated; a larger group gets a larger segment
 * @param maxAge after which a segment goes, read or not
 * @param segmentMaxAge after which a segment is closed, so that it can go once it is read
 * @param whenFull what to do at maxBytes
 * @param durability what a returned append has survived
 * @param keepsRead true for a journal without cursors, which drops by size and age alone
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
    /** The oldest segment goes; readers that had not passed it get a hole. */
    DROP_OLDEST,
    /** Everybody who appends waits for the slowest cursor. */
    BLOCK
  }

  /** What a returned append survives. */
  public enum Durability {
    /** A power cut. */
    FSYNC,
    /** The end of the process; a power cut may take the last seconds. */
    OS
  }

  private static final int SMALLEST_SEGMENT = 4096;

  public JournalConfig {
    if (segmentBytes < SMALLEST_SEGMENT) {
      throw new IllegalArgumentException(
          "a segment needs " + SMALLEST_SEGMENT + " bytes, had " + segmentBytes);
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
