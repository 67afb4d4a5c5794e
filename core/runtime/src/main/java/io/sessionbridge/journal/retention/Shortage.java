package io.sessionbridge.journal.retention;

/** What happens when a group needs a segment and the journal is full. */
public enum Shortage {
  /** The oldest segments are evicted, even if still needed. */
  EVICT,
  /**
   * The journal grows beyond its limit. For a group with reserved room, only by the unused end of a
   * segment, because its own room was counted.
   */
  EXCEED
}
