package io.sessionbridge.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event: a value per {@link Field}, absent when unknown. Immutable.
 *
 * <p>Fields added by a newer version are kept under their names as read (text, {@link Long}, {@link
 * Double} or {@link Boolean}), so that an older agent passes them on.
 */
public final class EventData {

  private final @Nullable Object[] values;
  private final Map<String, Object> others;

  private EventData(@Nullable Object[] values, Map<String, Object> others) {
    this.values = values;
    this.others = others;
  }

  public <T> @Nullable T get(Field<T> field) {
    return field.type().cast(values[field.ordinal()]);
  }

  /** The value of the field with this ordinal, for iterating over all fields. */
  @Nullable Object at(int ordinal) {
    return values[ordinal];
  }

  public <T> Optional<T> find(Field<T> field) {
    return Optional.ofNullable(get(field));
  }

  public boolean has(Field<?> field) {
    return values[field.ordinal()] != null;
  }

  /** The kind, which every complete event has. */
  public Kind kind() {
    Kind kind = get(Field.KIND);
    if (kind == null) {
      throw new IllegalStateException("an event without a kind: " + this);
    }
    return kind;
  }

  /** Values of fields that this version has no name for, sorted by name. */
  public Map<String, Object> others() {
    return others;
  }

  /** A builder that starts with everything known here. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    System.arraycopy(values, 0, builder.values, 0, values.length);
    builder.others.putAll(others);
    return builder;
  }

  /** An empty builder, for parsers that read the kind later. */
  public static Builder builder() {
    return new Builder();
  }

  public static Builder builder(Kind kind) {
    return new Builder().put(Field.KIND, kind);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventData that
        && Arrays.equals(values, that.values)
        && others.equals(that.others);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + others.hashCode();
  }

  /** The canonical JSON. */
  @Override
  public String toString() {
    return new String(EventJson.write(this), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Collects values; not safe for use by several threads. */
  public static final class Builder {
    private final @Nullable Object[] values = new @Nullable Object[Field.count()];
    private final Map<String, Object> others = new TreeMap<>();

    Builder() {}

    /**
     * Sets a value. Null and the empty text mean unknown and leave the field unchanged. In text,
     * control characters and unpaired surrogates become a space or U+FFFD; a time is truncated to
     * microseconds.
     */
    public <T> Builder put(Field<T> field, @Nullable T value) {
      if (value instanceof String text) {
        if (!text.isEmpty()) {
          values[field.ordinal()] = WellFormed.text(text);
        }
        return this;
      }
      if (value instanceof Instant time) {
        values[field.ordinal()] = time.truncatedTo(ChronoUnit.MICROS);
        return this;
      }
      if (value != null) {
        values[field.ordinal()] = value;
      }
      return this;
    }

    /** Sets a value unless the field already has one. */
    public <T> Builder putIfAbsent(Field<T> field, @Nullable T value) {
      return has(field) ? this : put(field, value);
    }

    /** Removes a value: the field is unknown. */
    public Builder remove(Field<?> field) {
      values[field.ordinal()] = null;
      return this;
    }

    /** Keeps the value of a field that this version does not know. */
    Builder putOther(String name, Object value) {
      others.put(
          WellFormed.text(name), value instanceof String text ? WellFormed.text(text) : value);
      return this;
    }

    public boolean has(Field<?> field) {
      return values[field.ordinal()] != null;
    }

    public EventData build() {
      return new EventData(
          values.clone(),
          others.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(others)));
    }
  }
}
