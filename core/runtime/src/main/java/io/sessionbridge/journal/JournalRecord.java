package io.sessionbridge.journal;

/** What a reader gets: a record, or the statement that some are not there. */
public sealed interface JournalRecord {

  /** The first sequence it stands for. */
  long first();

  /** The last sequence it stands for. */
  long last();

  /**
   * A record as it was appended.
   *
   * @param epoch of its segment, 16 hexadecimal digits
   * @param timeMicros when it was recorded
   */
  record Data(String epoch, long sequence, long timeMicros, byte[] payload)
      implements JournalRecord {
    @Override
    public long first() {
      return sequence;
    }

    @Override
    public long last() {
      return sequence;
    }
  }

  /**
   * Sequences that no reader will ever get.
   *
   * @param count how many records were lost; at most {@code last - first + 1}, and 0 for {@code
   *     write_failed}, because nobody was told that those are taken; {@link #UNKNOWN_COUNT} if
   *     nobody can know
   * @param reason in snake case: {@code evicted}, {@code corrupt}, {@code missing}, {@code
   *     unreadable}, {@code write_failed}, {@code cursor_damaged}, or what {@link
   *     Journal#appendHole} was told
   * @param timeMicros when that was noted, as far as known
   */
  record Hole(String epoch, long first, long last, long count, String reason, long timeMicros)
      implements JournalRecord {

    /** The count of a hole in which some records, or none, may be missing. */
    public static final long UNKNOWN_COUNT = -1;

    /** Whether it is known how many records were lost. */
    public boolean isCounted() {
      return count != UNKNOWN_COUNT;
    }
  }
}
