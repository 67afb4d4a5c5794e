package io.sessionbridge.config;

import java.util.List;
import java.util.Optional;

/**
 * A key, as tables and help show it.
 *
 * @param type a word or two: {@code duration}, {@code list of text}
 * @param units the units, one of which is required, such as {@code ms, s, m, h, d}; or empty
 * @param range the allowed values, such as {@code between 1KiB and 16MiB} or {@code fsync, os}; or
 *     empty
 * @param required whether the file must contain it
 * @param defaultText the default as written in a file; empty if there is none
 * @param meaning one line
 * @param keys the keys of the section; empty if it is not a section
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
