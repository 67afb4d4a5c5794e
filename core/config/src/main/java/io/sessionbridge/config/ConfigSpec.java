package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.config.type.ParseContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The keys of a mapping, and how their values become a {@code C}. A plug-in declares one; the
 * parser, {@code plugins TYPE} and the documentation are derived from it.
 *
 * <p>Immutable; usable by any thread.
 */
public final class ConfigSpec<C> {
  private final List<Key<?>> keys;
  private final Build<C> build;

  /** Builds the configuration; empty if a key that it needs is invalid. */
  private interface Build<C> {
    Optional<C> from(ConfigValues values);
  }

  /**
   * A specification of these keys, in the order in which tables show them.
   *
   * @param build called with all values if each is valid; reports a problem between keys with
   *     {@link ConfigValues#problem(Key, String)} and then returns any value. No I/O.
   */
  public ConfigSpec(List<Key<?>> keys, Function<ConfigValues, C> build) {
    this.keys = List.copyOf(keys);
    this.build =
        values -> values.hasAll(this.keys) ? Optional.of(build.apply(values)) : Optional.empty();
    requireDifferentNames(keys);
  }

  private ConfigSpec(Build<C> build, List<Key<?>> keys) {
    this.keys = List.copyOf(keys);
    this.build = build;
    requireDifferentNames(keys);
  }

  /** Same as the constructor. */
  public static <C> ConfigSpec<C> of(Function<ConfigValues, C> build, Key<?>... keys) {
    return new ConfigSpec<>(List.of(keys), build);
  }

  /** A specification without keys, which yields {@code value}. */
  public static <C> ConfigSpec<C> empty(C value) {
    return new ConfigSpec<>(List.of(), values -> value);
  }

  /**
   * Combines two specifications for one mapping: a key is unknown only if both do not know it. The
   * core reads the common keys of a sink and those of the plug-in this way.
   *
   * @throws IllegalArgumentException if both have a key of the same name
   */
  public <D, R> ConfigSpec<R> and(ConfigSpec<D> other, BiFunction<C, D, R> combine) {
    Build<R> both =
        values -> {
          Optional<C> mine = build.from(values);
          Optional<D> others = other.build.from(values);
          return mine.flatMap(c -> others.map(d -> combine.apply(c, d)));
        };
    return new ConfigSpec<>(both, Stream.concat(keys.stream(), other.keys.stream()).toList());
  }

  public List<Key<?>> keys() {
    return keys;
  }

  /**
   * Reads a mapping; an empty node counts as a mapping without entries.
   *
   * @return the configuration; empty if it is invalid, after every problem was added
   */
  public Optional<C> read(ConfigNode node, Problems problems) {
    Optional<ConfigMapping> mapping = node.mapping();
    if (mapping.isEmpty()) {
      new ParseContext(problems, false).refuse(node, "must be a mapping of key to value");
      return Optional.empty();
    }
    ConfigValues values = new ConfigValues(mapping.get(), problems);
    reportUnknown(mapping.get(), values);
    values.readAll(keys);
    Optional<C> built = build.from(values);
    return values.isSound() ? built : Optional.empty();
  }

  private void reportUnknown(ConfigMapping mapping, ConfigValues values) {
    List<String> known = keys.stream().map(Key::name).toList();
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                values.report(node.place(), Suggestion.forUnknown(name, known));
              }
            });
  }

  private static void requireDifferentNames(List<Key<?>> keys) {
    Set<String> names = new HashSet<>();
    for (Key<?> key : keys) {
      if (!names.add(key.name())) {
        throw new IllegalArgumentException("the key " + key.name() + " is declared twice");
      }
    }
  }
}
