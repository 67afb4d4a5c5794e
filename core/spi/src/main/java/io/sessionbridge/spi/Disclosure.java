package io.sessionbridge.spi;

import java.util.List;
import java.util.Optional;

/**
 * Where a configured sink sends personal data, for the report to a data protection officer.
 *
 * @param to the destination, as it continues "It sends events to ..."
 * @param encrypted whether the connection is encrypted; empty if there is no network
 * @param kept sentences on what is stored there, and for how long if the agent decides that
 */
public record Disclosure(String to, Optional<Boolean> encrypted, List<String> kept) {

  /** For a sink type that does not state it. */
  public static final Disclosure UNKNOWN =
      new Disclosure("a place that the plug-in does not name", Optional.empty(), List.of());

  public Disclosure {
    kept = List.copyOf(kept);
  }
}
