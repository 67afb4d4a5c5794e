package io.sessionbridge.config;

import io.sessionbridge.config.type.ValueType;
import java.util.function.Predicate;

/** A draft of a key whose values have an order. */
public final class RangedDraft<T extends Comparable<T>> extends KeyDraft<T> {
  private final ValueType<T> type;

  RangedDraft(String name, ValueType<T> type) {
    super(name, type);
    this.type = type;
  }

  /** Both bounds are inclusive. */
  public KeyDraft<T> between(T least, T most) {
    String range = "between " + type.write(least) + " and " + type.write(most);
    return within(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0, range);
  }

  public KeyDraft<T> atLeast(T least) {
    return within(value -> value.compareTo(least) >= 0, "at least " + type.write(least));
  }

  private KeyDraft<T> within(Predicate<T> test, String range) {
    return where(test, "must be " + range).ranging(range);
  }
}
