package io.sessionbridge.spi;

import java.util.Optional;

/**
 * The use of a host, derived from its sessions at this moment, without the delay of {@link
 * HostActivity}. Values are empty while unknown.
 *
 * @param locked whether every user's session is locked, disconnected or shows a screen saver; also
 *     true if no user is logged on
 * @param nobody whether no user is logged on
 */
@Evolving
public record HostUse(Optional<Boolean> locked, Optional<Boolean> nobody) {

  /** Nothing is known. */
  public static final HostUse UNKNOWN = new HostUse(Optional.empty(), Optional.empty());
}
