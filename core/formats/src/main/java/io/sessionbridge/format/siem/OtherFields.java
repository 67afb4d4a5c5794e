package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What of an event has no name in a format, so that nothing is lost.
 *
 * @param mapped the fields that have one, of which the format says the whole value
 */
record OtherFields(Set<Field<?>> mapped) {

  /**
   * Tells each other field by its name in the data: text, {@link Long}, {@link Double} or {@link
   * Boolean}.
   *
   * @param other takes fields of this version
   * @param later takes those of later versions, at the end; a line that is imported may name them
   *     as it likes
   */
  void forEach(EventData data, BiConsumer<String, Object> other, BiConsumer<String, Object> later) {
    for (Field<?> field : Field.all()) {
      Object value = mapped.contains(field) ? null : data.get(field);
      if (value != null) {
        other.accept(field.name(), plain(value));
      }
    }
    data.others().forEach(later);
  }

  private static Object plain(Object value) {
    if (value instanceof Instant time) {
      return Rfc3339.format(time);
    }
    return value instanceof Kind kind ? kind.wireName() : value;
  }
}
