package io.sessionbridge.journal;

/** Where a new cursor begins. */
public enum Start {
  /** After everything that is there. */
  NOW,
  /** Before the oldest record still held. */
  OLDEST
}
