package io.sessionbridge.spi;

import java.util.Optional;

/**
 * What the system says of the machine and those before it. What it has not told is empty.
 *
 * @param presence whether somebody uses any of the sessions, local or remote
 * @param display the console's
 * @param onBattery whether the machine lives on its battery
 */
public record HostCondition(
    Optional<Presence> presence, Optional<Display> display, Optional<Boolean> onBattery) {

  /** Nothing was told yet. */
  public static final HostCondition UNKNOWN =
      new HostCondition(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether users are there, as the system judges by their input. */
  public enum Presence {
    PRESENT,
    INACTIVE
  }

  /** What the console shows. */
  public enum Display {
    OFF,
    ON,
    DIMMED
  }

  public static HostCondition of(Presence presence) {
    return new HostCondition(Optional.of(presence), Optional.empty(), Optional.empty());
  }

  public static HostCondition of(Display display) {
    return new HostCondition(Optional.empty(), Optional.of(display), Optional.empty());
  }

  public static HostCondition ofBattery(boolean onBattery) {
    return new HostCondition(Optional.empty(), Optional.empty(), Optional.of(onBattery));
  }

  /** This, where the later one does not know better. */
  public HostCondition updatedBy(HostCondition later) {
    return new HostCondition(
        later.presence.or(() -> presence),
        later.display.or(() -> display),
        later.onBattery.or(() -> onBattery));
  }
}
