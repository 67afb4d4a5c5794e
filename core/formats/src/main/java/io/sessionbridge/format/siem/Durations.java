package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one duration of an event, for formats that have one place for it. */
final class Durations {

  /** The whole life before the stretch that ended with it. */
  private static final List<Field<Long>> SECONDS =
      List.of(
          Field.SESSION_SECONDS,
          Field.LAST_LOCKED_SECONDS,
          Field.LAST_DISCONNECTED_SECONDS,
          Field.LAST_SCREENSAVER_SECONDS,
          Field.LAST_ACTIVE_SECONDS,
          Field.LAST_HOST_ACTIVE_SECONDS,
          Field.LAST_HOST_IDLE_SECONDS);

  private Durations() {}

  /** How long lasted what the event ends, in seconds; null if it is not known. */
  static @Nullable Long seconds(EventData data) {
    for (Field<Long> field : SECONDS) {
      Long seconds = data.get(field);
      if (seconds != null) {
        return seconds;
      }
    }
    return null;
  }
}
