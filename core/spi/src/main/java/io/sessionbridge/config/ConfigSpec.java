package io.sessionbridge.config;

import io.sessionbridge.config.ConfigNode.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a section of the configuration may hold: its keys, and how their values become the record
 * that the rest of the program works with.
 *
 * @param keys in the order of the documentation
 * @param create makes the record; may state problems that several keys have together, with {@link
 *     ConfigValues#problem}
 * @param <C> the record
 */
public record ConfigSpec<C>(List<Key<?>> keys, Function<ConfigValues, C> create) {

  public ConfigSpec {
    keys = List.copyOf(keys);
  }

  /** Reads a section that holds these keys and no others. */
  public Optional<C> read(Section section, Problems problems) {
    rejectUnknown(section, List.of(this), problems);
    return readKnown(section, problems);
  }

  /**
   * Reads these keys of a section that other specs read from too, and leaves the others alone. Call
   * {@link #rejectUnknown} once for all of them.
   *
   * @return the record; empty if anything was wrong, which the problems then tell
   */
  public Optional<C> readKnown(Section section, Problems problems) {
    int before = problems.all().size();
    Map<Key<?>, Object> values = new HashMap<>();
    for (Key<?> key : keys) {
      Optional<ConfigNode> node = section.child(key.name());
      if (node.isPresent()) {
        key.read(node.get(), problems).ifPresent(value -> values.put(key, value));
      } else if (key.required()) {
        String path = section.path().isEmpty() ? key.name() : section.path() + "." + key.name();
        problems.add(section.file(), section.line(), path + " is missing (" + key.meaning() + ")");
      }
    }
    if (problems.all().size() > before) {
      return Optional.empty();
    }
    C config = create.apply(new ConfigValues(section, values, problems));
    return problems.all().size() > before ? Optional.empty() : Optional.of(config);
  }

  /** Tells every key of the section that none of the specs has, with what may have been meant. */
  public static void rejectUnknown(Section section, List<ConfigSpec<?>> specs, Problems problems) {
    List<String> known = new ArrayList<>();
    specs.forEach(spec -> spec.keys().forEach(key -> known.add(key.name())));
    section
        .values()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                problems.add(node, "is unknown" + hint(name, known));
              }
            });
  }

  private static String hint(String name, List<String> known) {
    String question = Suggestion.question(name, known);
    return question.isEmpty() ? "; known are " + String.join(", ", known) : question;
  }
}
