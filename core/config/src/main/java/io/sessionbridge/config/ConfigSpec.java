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
 * The keys of one mapping and how their values become a {@code C}. A plug-in declares one; the
 * parser, {@code plugins TYPE} and the documentation follow it.
 *
 * <p>Immutable; usable by any thread.
 */
public final class ConfigSpec<C> {
  private final List<Key<?>> keys;
  private final Build<C> build;

  /** Makes the configuration, or nothing if a key that it needs was wrong. */
  private interface Build<C> {
    Optional<C> from(ConfigValues values);
  }

  /**
   * A specification of these keys, in the order in which tables show them.
   *
   * @param build called with all values once each of them is right; it reports a problem of several
   *     keys with {@link ConfigValues#problem(Key, String)} and then returns anything. No I/O.
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

  /** As the constructor. */
  public static <C> ConfigSpec<C> of(Function<ConfigValues, C> build, Key<?>... keys) {
    return new ConfigSpec<>(List.of(keys), build);
  }

  /** A specification without keys, which yields {@code value}. */
  public static <C> ConfigSpec<C> empty(C value) {
    return new ConfigSpec<>(List.of(), values -> value);
  }

  /**
   * Both specifications over one mapping: a key is unknown only if it is unknown to both. The core
   * reads its own keys of a sink and the plug-in's this way.
   *
   * @throws IllegalArgumentException if both have a key of one name
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
   * Reads a mapping; a node with nothing in it is read as a mapping without entries.
   *
   * @return the configuration; empty if it is wrong, after every problem of it was added
   */
  public Optional<C> read(ConfigNode node, Problems problems) {
    Optional<ConfigMapping> mapping = node.mapping();
    if (mapping.isEmpty()) {
      new ParseContext(problems, false).refuse(node, "must be a mapping of key to value");
      return Optional.empty();
    }
    ConfigValues values = new ConfigValues(mapping.get(), problems);
    tellUnknown(mapping.get(), values);
    values.readAll(keys);
    Optional<C> built = build.from(values);
    return values.isSound() ? built : Optional.empty();
  }

  private void tellUnknown(ConfigMapping mapping, ConfigValues values) {
    List<String> known = keys.stream().map(Key::name).toList();
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                values.tell(node.place(), Suggestion.forUnknown(name, known));
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
