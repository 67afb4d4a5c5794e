package io.sessionbridge.delivery;

import io.sessionbridge.spi.EncodedEvent;

/**
 * What passing one record of the journal means for a sink: which sequence is passed with it, and
 * what happens to the event.
 */
sealed interface Step {

  /** The sequence that the cursor has passed after this step. */
  long upTo();

  /**
   * An event on its way.
   *
   * @param gap true for one that counts as nothing itself
   * @param lost how many events a gap stands for; fewer than its sequences if some were never used
   */
  record Send(long upTo, EncodedEvent event, boolean gap, long lost) implements Step {}

  /** An event that the sink does not want. */
  record Filtered(long upTo) implements Step {}

  /** An event that cannot be sent, with the bytes that the journal has of it. */
  record Rejected(long upTo, String eventId, String reason, byte[] payload) implements Step {}
}
