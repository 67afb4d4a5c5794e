package io.sessionbridge.event;

import java.time.Instant;
import java.util.Optional;

/**
 * The original identity of an imported event. The event keeps it, so it is the same event in every
 * store it reaches, by whatever route.
 *
 * @param id the CloudEvents id
 * @param source the CloudEvents source
 * @param sequence the CloudEvents sequence, if it had one
 * @param recordedTime when the originating agent recorded it, if known
 */
public record Origin(
    String id, String source, Optional<String> sequence, Optional<Instant> recordedTime) {

  /** Control characters are replaced as in the value of a field. */
  public Origin {
    id = WellFormed.text(id);
    source = WellFormed.text(source);
    sequence = sequence.map(WellFormed::text);
  }
}
