package io.sessionbridge.source.scm;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.ConsoleDisplay;
import io.sessionbridge.windows.service.ServiceEvent.PowerSource;
import io.sessionbridge.windows.service.ServiceEvent.Resumed;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.ShuttingDown;
import io.sessionbridge.windows.service.ServiceEvent.Suspending;
import io.sessionbridge.windows.service.ServiceEvent.UserPresence;
import java.time.Duration;
import java.util.Optional;

/**
 * Says what a service heard: an event for what happened, a condition for what is so until further
 * notice.
 */
final class ScmTranslator {

  private static final int PRESENT = 0;
  private static final int MAINS = 0;

  private ScmTranslator() {}

  /** Empty for what is a condition, or nothing at all. */
  static Optional<Observation> translate(Stamped<ServiceEvent> heard) {
    ServiceEvent event = heard.item();
    if (event instanceof SessionChanged session) {
      return SessionChangeTranslator.translate(
          new Stamped<>(session.change(), heard.time(), heard.uptimeMillis()));
    }
    if (event instanceof ClockChanged clock) {
      return Optional.of(observation(heard, clockChange(clock)));
    }
    return hostKind(event).map(kind -> observation(heard, EventData.builder(kind)));
  }

  private static Optional<Kind> hostKind(ServiceEvent event) {
    if (event instanceof Suspending) {
      return Optional.of(Kind.HOST_SUSPEND);
    }
    if (event instanceof Resumed) {
      return Optional.of(Kind.HOST_RESUME);
    }
    return event instanceof ShuttingDown ? Optional.of(Kind.HOST_SHUTDOWN) : Optional.empty();
  }

  private static EventData.Builder clockChange(ClockChanged clock) {
    return EventData.builder(Kind.CLOCK_CHANGE)
        .put(Field.OLD_TIME, clock.before())
        .put(Field.NEW_TIME, clock.after())
        .put(Field.DIFFERENCE_MS, Duration.between(clock.before(), clock.after()).toMillis());
  }

  private static Observation observation(Stamped<ServiceEvent> heard, EventData.Builder data) {
    heard.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    return Observation.live(heard.time(), data.build());
  }

  /** Empty for what is an event, and for a number that Windows gave no meaning yet. */
  static Optional<HostCondition> condition(ServiceEvent event) {
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
