package io.sessionbridge.config;

import java.util.List;
import java.util.Optional;

/**
 * A key as tables and help show it.
 *
 * @param type a word or two: {@code duration}, {@code list of text}
 * @param units the units of which one must be written, such as {@code ms, s, m, h, d}; or empty
 * @param range what is allowed, such as {@code between 1KiB and 16MiB} or {@code fsync, os}; or
 *     empty
 * @param required whether the file must have it
 * @param defaultText the default as it would be written; empty when there is none
 * @param meaning one line
 * @param keys the keys below this one; empty when it is no section
 */
public record KeyDescription(
    String name,
    String type,
    String units,
    String range,
    boolean required,
    Optional<String> defaultText,
    String meaning,
    List<Key<?>> keys) {

  public KeyDescription {
    keys = List.copyOf(keys);
  }
}
