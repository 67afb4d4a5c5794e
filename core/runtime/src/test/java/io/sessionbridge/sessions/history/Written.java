package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event as it would be in the journal.
 *
 * @param more values by their wire names, where no field has a constant for them
 */
record Written(String id, Instant time, EventData data, Map<String, Object> more) {

  private static final Set<String> RECORDED =
      Set.of(
          "session_id",
          "session_key",
          "user_name",
          "account_type",
          "locked",
          "session_state",
          "remote",
          "logon_time",
          "reason",
          "inferred",
          "ambiguous",
          "evidence",
          "time_after",
          "basis",
          "uptime_ms");

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

  /** What a reader of a failure looks at. */
  String brief() {
    return brief(data) + (more.isEmpty() ? "" : " " + more) + " at " + time + " [" + id + "]";
  }

  /** The fields that a tracker adds or judges by. */
  static String brief(EventData data) {
    StringBuilder text = new StringBuilder(data.kind().wireName());
    for (Field<?> field : Field.all()) {
      if (data.has(field)
          && (RECORDED.contains(field.name()) || field.name().endsWith("_seconds"))) {
        text.append(' ').append(field.name()).append('=').append(data.get(field));
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return id + " " + time + " " + data + (more.isEmpty() ? "" : " " + more);
  }
}
