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

/** Says what a service heard. */
final class ScmTranslator {

  private ScmTranslator() {}

  /** Empty for what is a condition, or nothing at all. */
  static Optional<Observation> translate(Stamped<ServiceEvent> heard) {
    ServiceEvent event = heard.item();
    if (event instanceof SessionChanged session) {
      return SessionChangeTranslator.translate(heard.with(session.change()));
    }
    if (event instanceof PowerChanged power) {
      return PowerTranslator.translate(heard.with(power.event()));
    }
    if (event instanceof ClockChanged clock) {
      return Optional.of(Observations.live(heard, clockChange(clock)));
    }
    return event instanceof ShuttingDown
        ? Optional.of(Observations.live(heard, EventData.builder(Kind.HOST_SHUTDOWN)))
        : Optional.empty();
  }

  private static EventData.Builder clockChange(ClockChanged clock) {
    return EventData.builder(Kind.CLOCK_CHANGE)
        .put(Field.OLD_TIME, clock.before())
        .put(Field.NEW_TIME, clock.after())
        .put(Field.DIFFERENCE_MS, Duration.between(clock.before(), clock.after()).toMillis());
  }

  /** What is so until further notice; empty for what happened. */
  static Optional<HostCondition> condition(ServiceEvent event) {
    return event instanceof PowerChanged power
        ? PowerTranslator.condition(power.event())
        : Optional.empty();
  }
}
