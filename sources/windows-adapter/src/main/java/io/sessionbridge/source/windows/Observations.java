package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;

/** Creates observations of Windows notifications. */
public final class Observations {

  private Observations() {}

  /** An event that happens at the moment of the notification. */
  public static Observation live(Stamped<?> received, EventData.Builder data) {
    received.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    return Observation.live(received.time(), data.build());
  }
}
