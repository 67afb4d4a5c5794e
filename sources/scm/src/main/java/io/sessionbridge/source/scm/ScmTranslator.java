package io.sessionbridge.source.scm;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.Observations;
import io.sessionbridge.source.windows.PowerTranslator;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.ShuttingDown;
import java.time.Duration;
import java.util.Optional;

/** Translates the controls of a service. */
final class ScmTranslator {

  private ScmTranslator() {}

  /** Returns an event; empty if the control is a condition or is ignored. */
  static Optional<Observation> translate(Stamped<ServiceEvent> received) {
    ServiceEvent event = received.item();
    if (event instanceof SessionChanged session) {
      return SessionChangeTranslator.translate(received.with(session.change()));
    }
    if (event instanceof PowerChanged power) {
      return PowerTranslator.translate(received.with(power.event()));
    }
    if (event instanceof ClockChanged clock) {
      return Optional.of(Observations.live(received, clockChange(clock)));
    }
    return event instanceof ShuttingDown
        ? Optional.of(Observations.live(received, EventData.builder(Kind.HOST_SHUTDOWN)))
        : Optional.empty();
  }

  private static EventData.Builder clockChange(ClockChanged clock) {
    return EventData.builder(Kind.CLOCK_CHANGE)
        .put(Field.OLD_TIME, clock.before())
        .put(Field.NEW_TIME, clock.after())
        .put(Field.DIFFERENCE_MS, Duration.between(clock.before(), clock.after()).toMillis());
  }

  /** Returns a condition, which holds until the next one; empty if the control is an event. */
  static Optional<HostCondition> condition(ServiceEvent event) {
    return event instanceof PowerChanged power
        ? PowerTranslator.condition(power.event())
        : Optional.empty();
  }
}
