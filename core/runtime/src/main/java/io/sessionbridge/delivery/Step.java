package io.sessionbridge.delivery;

import io.sessionbridge.spi.EncodedEvent;

/** How a sink handles one record of the journal. */
sealed interface Step {

  /** The cursor's position after this step. */
  long upTo();

  /**
   * An event to send.
   *
   * @param gap true for a gap, which is not counted as an event
   * @param lost how many events a gap represents; fewer than its sequences if some were never used
   */
  record Send(long upTo, EncodedEvent event, boolean gap, long lost) implements Step {}

  /** An event that the sink's selection leaves out. */
  record Filtered(long upTo) implements Step {}

  /** An event that cannot be sent, with its bytes from the journal. */
  record Rejected(long upTo, String eventId, String reason, byte[] payload) implements Step {}
}
