package io.sessionbridge.journal.retention;

/** What happens when a group needs a segment and the journal is full. */
public enum Shortage {
  /** The oldest segments go, whoever still needs them. */
  EVICT,
  /**
   * The journal grows beyond its limit. For a group whose room was reserved, that is by what the
   * end of a segment did not take; its room was counted.
   */
  EXCEED
}
