package io.sessionbridge.spi;

import java.util.Optional;

/**
 * Machine state: user presence, display, power. Values that the system has not reported are empty.
 *
 * @param presence whether a user is active in any session, local or remote
 * @param display of the console
 * @param onBattery whether the machine runs on battery
 * @param displayRequested whether a program keeps the display on, for example a film or a call
 */
@Evolving
public record HostCondition(
    Optional<Presence> presence,
    Optional<Display> display,
    Optional<Boolean> onBattery,
    Optional<Boolean> displayRequested) {

  /** Nothing is known yet. */
  public static final HostCondition UNKNOWN =
      new HostCondition(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** A condition without a value for display requests. */
  public HostCondition(
      Optional<Presence> presence, Optional<Display> display, Optional<Boolean> onBattery) {
    this(presence, display, onBattery, Optional.empty());
  }

  /** Whether a user is present, as the system judges by input. */
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

  public static HostCondition ofDisplayRequest(boolean requested) {
    return new HostCondition(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(requested));
  }

  /** Returns this condition with the values of the later one where it has any. */
  public HostCondition updatedBy(HostCondition later) {
    return new HostCondition(
        later.presence.or(() -> presence),
        later.display.or(() -> display),
        later.onBattery.or(() -> onBattery),
        later.displayRequested.or(() -> displayRequested));
  }
}
