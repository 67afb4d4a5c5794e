package io.sessionbridge.source.wts;

import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.PowerTranslator;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.source.wts.WindowEvent.Power;
import io.sessionbridge.source.wts.WindowEvent.Session;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import java.util.Optional;

/** Translates the notifications of a window. */
final class WtsTranslator {

  private WtsTranslator() {}

  /** Returns an event; empty if the notification is a condition or is ignored. */
  static Optional<Observation> translate(Stamped<WindowEvent> received) {
    if (received.item() instanceof Session session) {
      return SessionChangeTranslator.translate(received.with(session.change()));
    }
    return received.item() instanceof Power power
        ? PowerTranslator.translate(received.with(power.event()))
        : Optional.empty();
  }

  /** Returns a condition, which holds until the next one; empty if the notification is an event. */
  static Optional<HostCondition> condition(WindowEvent event) {
    return event instanceof Power power
        ? PowerTranslator.condition(power.event())
        : Optional.empty();
  }
}
