package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerEvent.ConsoleDisplay;
import io.sessionbridge.windows.power.PowerEvent.PowerSource;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import java.util.Optional;

/**
 * Translates a power event, however Windows reported it: into an event, or into a condition that
 * holds until the next one.
 */
public final class PowerTranslator {

  private static final int PRESENT = 0;
  private static final int MAINS = 0;

  private PowerTranslator() {}

  /** Empty if it is a condition. */
  public static Optional<Observation> translate(Stamped<PowerEvent> received) {
    return kind(received.item()).map(kind -> Observations.live(received, EventData.builder(kind)));
  }

  private static Optional<Kind> kind(PowerEvent event) {
    if (event instanceof Suspending) {
      return Optional.of(Kind.HOST_SUSPEND);
    }
    return event instanceof Resumed ? Optional.of(Kind.HOST_RESUME) : Optional.empty();
  }

  /** Empty if it is an event, or a number without a known meaning. */
  public static Optional<HostCondition> condition(PowerEvent event) {
    if (event instanceof UserPresence presence) {
      return Optional.of(
          HostCondition.of(presence.state() == PRESENT ? Presence.PRESENT : Presence.INACTIVE));
    }
    if (event instanceof ConsoleDisplay display) {
      return display(display.state()).map(HostCondition::of);
    }
    return event instanceof PowerSource source
        ? Optional.of(HostCondition.ofBattery(source.state() != MAINS))
        : Optional.empty();
  }

  private static Optional<Display> display(int state) {
    return switch (state) {
      case 0 -> Optional.of(Display.OFF);
      case 1 -> Optional.of(Display.ON);
      case 2 -> Optional.of(Display.DIMMED);
      default -> Optional.empty();
    };
  }
}
