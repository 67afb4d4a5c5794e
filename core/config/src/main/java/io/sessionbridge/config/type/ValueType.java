package io.sessionbridge.config.type;

import io.sessionbridge.config.Key;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.List;
import java.util.Optional;

/** The type of a key's value: how it is read, written and described. */
public interface ValueType<T> {

  /** One or two words for the tables: {@code duration}, {@code list of text}. */
  String word();

  /**
   * The units, one of which is required, such as {@code ms, s, m, h, d}; empty if there are none.
   */
  default String units() {
    return "";
  }

  /** The keys of a section; empty for other types. */
  default List<Key<?>> keys() {
    return List.of();
  }

  /** The value; empty after every problem was reported to {@code reading}. */
  Optional<T> read(ConfigNode node, ParseContext reading);

  /** The value as written in a file. */
  String write(T value);
}
