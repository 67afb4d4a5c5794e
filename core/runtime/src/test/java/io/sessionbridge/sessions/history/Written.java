package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event as it would be in the journal.
 *
 * @param more values by their wire names, where no field has a constant for them
 */
record Written(String id, Instant time, EventData data, Map<String, Object> more) {

  /** A duration in seconds; null if it is absent. */
  Long seconds(String name) {
    return (Long) value(name);
  }

  /** A value by its wire name; null if it is absent. */
  Object value(String name) {
    Optional<Field<?>> field = Field.ofName(name);
    Object value = field.isPresent() ? data.get(field.get()) : data.others().get(name);
    return value == null ? more.get(name) : value;
  }

  Written without(String name) {
    Map<String, Object> fewer = new HashMap<>(more);
    fewer.remove(name);
    return new Written(id, time, data, fewer);
  }

  @Override
  public String toString() {
    return id + " " + time + " " + data + (more.isEmpty() ? "" : " " + more);
  }
}
