package io.sessionbridge.spi;

import java.util.Optional;

/**
 * What the sessions of a host come to at this moment, without the waiting that {@link HostActivity}
 * does. Empty while it is not known.
 *
 * @param locked whether every user's session is locked, disconnected or shows a screen saver; true,
 *     too, where no user is logged on
 * @param nobody whether no user is logged on
 */
@Evolving
public record HostUse(Optional<Boolean> locked, Optional<Boolean> nobody) {

  /** Nothing is known. */
  public static final HostUse UNKNOWN = new HostUse(Optional.empty(), Optional.empty());
}
