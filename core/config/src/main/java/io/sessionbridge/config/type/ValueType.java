package io.sessionbridge.config.type;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.List;
import java.util.Optional;

/** What the value of a key may be, and how it is read and written. */
public interface ValueType<T> {

  /** One or two words for the tables: {@code duration}, {@code list of text}. */
  String word();

  /** The units of which one must be written, such as {@code ms, s, m, h, d}; empty if none. */
  default String units() {
    return "";
  }

  /** The keys below it; none for a value that has none. */
  default List<Key<?>> keys() {
    return List.of();
  }

  /** The value, or empty after every problem of it was reported to {@code reading}. */
  Optional<T> read(ConfigNode node, ParseContext reading);

  /** The value as it would be written in the file. */
  String write(T value);
}
