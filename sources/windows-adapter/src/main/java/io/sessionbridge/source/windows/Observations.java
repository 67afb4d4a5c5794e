package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;

/** Makes observations of what Windows told. */
public final class Observations {

  private Observations() {}

  /** An event of the moment in which it was heard. */
  public static Observation live(Stamped<?> heard, EventData.Builder data) {
    heard.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    return Observation.live(heard.time(), data.build());
  }
}
