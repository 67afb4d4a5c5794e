package io.sessionbridge.journal;

/** What a reader returns: a record, or a hole in place of missing records. */
public sealed interface JournalRecord {

  /** The first sequence that it covers. */
  long first();

  /** The last sequence that it covers. */
  long last();

  /**
   * A record, as appended.
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
   * Sequences without a readable record.
   *
   * @param count how many records were lost; at most {@code last - first + 1}; 0 for {@code
   *     write_failed}, because those were never acknowledged; {@link #UNKNOWN_COUNT} if unknown
   * @param reason in snake case: {@code evicted}, {@code corrupt}, {@code missing}, {@code
   *     unreadable}, {@code write_failed}, {@code cursor_damaged}, or the reason passed to {@link
   *     Journal#appendHole}
   * @param timeMicros when the loss was recorded, as far as known
   */
  record Hole(String epoch, long first, long last, long count, String reason, long timeMicros)
      implements JournalRecord {

    /** The count of a hole in which any number of records, including none, may be missing. */
    public static final long UNKNOWN_COUNT = -1;

    /** Whether the number of lost records is known. */
    public boolean isCounted() {
      return count != UNKNOWN_COUNT;
    }
  }
}
