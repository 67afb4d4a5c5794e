package io.sessionbridge.source.wts;

import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.PowerTranslator;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.source.wts.WindowEvent.Power;
import io.sessionbridge.source.wts.WindowEvent.Session;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import java.util.Optional;

/** Says what a window heard. */
final class WtsTranslator {

  private WtsTranslator() {}

  /** Empty for what is a condition, or nothing at all. */
  static Optional<Observation> translate(Stamped<WindowEvent> heard) {
    if (heard.item() instanceof Session session) {
      return SessionChangeTranslator.translate(heard.with(session.change()));
    }
    return heard.item() instanceof Power power
        ? PowerTranslator.translate(heard.with(power.event()))
        : Optional.empty();
  }

  /** What is so until further notice; empty for what happened. */
  static Optional<HostCondition> condition(WindowEvent event) {
    return event instanceof Power power
        ? PowerTranslator.condition(power.event())
        : Optional.empty();
  }
}
