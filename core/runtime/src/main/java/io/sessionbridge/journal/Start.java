package io.sessionbridge.journal;

/** Where a new cursor starts. */
public enum Start {
  /** After the newest record. */
  NOW,
  /** Before the oldest record still in the journal. */
  OLDEST
}
