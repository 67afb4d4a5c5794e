package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The fields that a format has no attribute for, so that none is lost.
 *
 * @param mapped the fields whose whole value is in an attribute of the format
 */
record OtherFields(Set<Field<?>> mapped) {

  /**
   * Visits each other field by its name in the data; values are text, {@link Long}, {@link Double}
   * or {@link Boolean}.
   *
   * @param other receives the fields of this version
   * @param later receives those of later versions, at the end; an imported line may contain any
   *     names
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
