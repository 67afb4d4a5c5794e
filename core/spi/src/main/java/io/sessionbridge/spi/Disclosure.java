package io.sessionbridge.spi;

import java.util.List;
import java.util.Optional;

/**
 * To whom a sink of a configuration gives events, for a report that a data-protection officer
 * reads.
 *
 * @param to where events go, as the sentence "It sends events to ..." has it
 * @param encrypted whether the way there is encrypted; empty where there is no network
 * @param kept sentences on what stays there, and for how long as far as the agent decides it
 */
public record Disclosure(String to, Optional<Boolean> encrypted, List<String> kept) {

  /** Of a type of sink that does not say. */
  public static final Disclosure UNKNOWN =
      new Disclosure("a place that the plug-in does not name", Optional.empty(), List.of());

  public Disclosure {
    kept = List.copyOf(kept);
  }
}
