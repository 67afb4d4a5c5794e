package io.sessionbridge.event;

import java.time.Instant;
import java.util.Optional;

/**
 * The identity that an imported event brought along and keeps for ever, so that it is the same
 * event in every store it reaches, whichever way it took.
 *
 * @param id the CloudEvents id
 * @param source the CloudEvents source
 * @param sequence the CloudEvents sequence, if it had one
 * @param recordedTime when the agent of its origin took it, if it said so
 */
public record Origin(
    String id, String source, Optional<String> sequence, Optional<Instant> recordedTime) {

  /** Of the texts, control characters become what they become in a field's value. */
  public Origin {
    id = WellFormed.text(id);
    source = WellFormed.text(source);
    sequence = sequence.map(WellFormed::text);
  }
}
