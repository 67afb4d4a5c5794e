package io.sessionbridge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A declared key of a configuration: name, type, default, range and one line of meaning. Immutable;
 * identity is the object, so declare it once and use the same constant to read its value.
 *
 * @param <T> the value that {@link ConfigValues#get} gives
 */
public final class Key<T> {

  private final String name;
  private final KeyType<T> type;
  private final @Nullable T defaultValue;
  private final boolean required;
  private final String meaning;
  private final String range;
  private final Check<T> check;

  /** Says what is wrong with a value, or nothing. */
  interface Check<T> {
    Optional<String> problem(T value);
  }

  private Key(
      String name,
      KeyType<T> type,
      @Nullable T defaultValue,
      boolean required,
      String meaning,
      String range,
      Check<T> check) {
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
    this.required = required;
    this.meaning = meaning;
    this.range = range;
    this.check = check;
  }

  public static Draft<String> text(String name) {
    return new Draft<>(name, KeyTypes.TEXT);
  }

  public static Draft<Long> integer(String name) {
    return new Draft<>(name, KeyTypes.INTEGER);
  }

  public static Draft<Boolean> flag(String name) {
    return new Draft<>(name, KeyTypes.FLAG);
  }

  /** Bytes, written with a unit: {@code 64KiB}. */
  public static Draft<Long> bytes(String name) {
    return new Draft<>(name, KeyTypes.BYTES);
  }

  /** Written with a unit: {@code 30s}. */
  public static Draft<Duration> duration(String name) {
    return new Draft<>(name, KeyTypes.DURATION);
  }

  /** A relative path is meant from the folder of the configuration file. */
  public static Draft<Path> path(String name) {
    return new Draft<>(name, KeyTypes.path());
  }

  /** The path of a file with a secret in it, which is read when it is needed. */
  public static Draft<SecretFile> secretFile(String name) {
    return new Draft<>(name, SecretFile.type(name));
  }

  /** A constant by its name in lower case. */
  public static <E extends Enum<E>> Draft<E> oneOf(String name, Class<E> type) {
    return new Draft<>(name, KeyTypes.oneOf(type));
  }

  public static Draft<List<String>> texts(String name) {
    return new Draft<>(name, KeyTypes.listOf(KeyTypes.TEXT));
  }

  public static <E extends Enum<E>> Draft<List<E>> severalOf(String name, Class<E> type) {
    return new Draft<>(name, KeyTypes.listOf(KeyTypes.oneOf(type)));
  }

  /** Names and values for a library behind the plug-in. */
  public static Draft<Map<String, String>> properties(String name) {
    return new Draft<>(name, KeyTypes.properties());
  }

  public static <S> Draft<S> section(String name, ConfigSpec<S> spec) {
    return new Draft<>(name, KeyTypes.section(spec));
  }

  /** A key that still lacks its meaning. */
  public static final class Draft<T> {
    private final String name;
    private final KeyType<T> type;
    private String range = "";
    private Check<T> check = value -> Optional.empty();

    private Draft(String name, KeyType<T> type) {
      this.name = name;
      this.type = type;
    }

    /** Allows values from lowest to highest, both included. */
    public Draft<T> between(T lowest, T highest) {
      range = type.write(lowest) + " to " + type.write(highest);
      check =
          value ->
              compare(value, lowest) < 0 || compare(value, highest) > 0
                  ? Optional.of(
                      "must be between "
                          + type.write(lowest)
                          + " and "
                          + type.write(highest)
                          + ", was "
                          + type.write(value))
                  : Optional.empty();
      return this;
    }

    @SuppressWarnings("unchecked")
    private static <T> int compare(T a, T b) {
      return ((Comparable<T>) a).compareTo(b);
    }

    /** A key that must be there. */
    public Key<T> required(String meaning) {
      return new Key<>(name, type, null, true, meaning, range, check);
    }

    /** A key with a default. */
    public Key<T> orElse(T defaultValue, String meaning) {
      return new Key<>(name, type, defaultValue, false, meaning, range, check);
    }

    /** A key without a default; read it with {@link ConfigValues#find}. */
    public Key<T> optional(String meaning) {
      return new Key<>(name, type, null, false, meaning, range, check);
    }
  }

  public String name() {
    return name;
  }

  /** The type in words, for instance {@code size} or {@code one of now, oldest}. */
  public String type() {
    return type.word();
  }

  public boolean required() {
    return required;
  }

  /** As it would stand in a file; empty if there is none. */
  public Optional<String> defaultText() {
    return defaultValue == null ? Optional.empty() : Optional.of(type.write(defaultValue));
  }

  /** For instance {@code 1KiB to 16MiB}; empty if every value of the type is allowed. */
  public String range() {
    return range;
  }

  public String meaning() {
    return meaning;
  }

  @Nullable T defaultValue() {
    return defaultValue;
  }

  /** Reads a node and tells the problem if it does not fit. */
  Optional<T> read(ConfigNode node, Problems problems) {
    if (node instanceof ConfigNode.Nothing) {
      problems.add(node, "has no value (" + meaning + ")");
      return Optional.empty();
    }
    try {
      T value = type.read(node, problems);
      Optional<String> problem = check.problem(value);
      problem.ifPresent(text -> problems.add(node, text));
      return problem.isPresent() ? Optional.empty() : Optional.of(value);
    } catch (KeyType.Misfit misfit) {
      if (!misfit.text().isEmpty()) {
        problems.add(node, misfit.text());
      }
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
