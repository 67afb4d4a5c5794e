package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.config.type.ParseContext;
import io.sessionbridge.config.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A key without a declared default yet. Immutable. */
public sealed class KeyDraft<T> permits RangedDraft, SectionDraft {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final String name;
  private final ValueType<T> type;
  private final String range;
  private final boolean secret;
  private final List<Rule<T>> rules;

  private record Rule<T>(Predicate<T> test, String text) {}

  KeyDraft(String name, ValueType<T> type) {
    this(name, type, "", false, List.of());
  }

  private KeyDraft(
      String name, ValueType<T> type, String range, boolean secret, List<Rule<T>> rules) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a key is written in snake_case, was " + name);
    }
    this.name = name;
    this.type = type;
    this.range = range;
    this.secret = secret;
    this.rules = rules;
  }

  /**
   * Adds a rule.
   *
   * @param rule the requirement, as the message states it before the value found: {@code must be
   *     ...}
   */
  public KeyDraft<T> where(Predicate<T> test, String rule) {
    List<Rule<T>> more = Stream.concat(rules.stream(), Stream.of(new Rule<>(test, rule))).toList();
    return new KeyDraft<>(name, type, range, secret, more);
  }

  /** No message repeats the value. */
  public KeyDraft<T> secret() {
    return new KeyDraft<>(name, type, range, true, rules);
  }

  /** The file must contain the key; the message about a missing key includes the meaning. */
  public Key<T> required(String meaning) {
    return new Key<>(
        this,
        description(true, Optional.empty(), meaning),
        false,
        (place, problems) -> {
          problems.add(place, "is missing (" + meaning + ")");
          return Optional.empty();
        });
  }

  /** The value of an absent key is {@code value}. */
  public Key<T> orElse(T value, String meaning) {
    broken(value)
        .ifPresent(
            rule -> {
              throw new IllegalArgumentException(
                  "the default of " + name + " " + rule + ", was " + type.write(value));
            });
    Optional<String> text = Optional.of(type.write(value)).filter(written -> !written.isEmpty());
    return new Key<>(
        this, description(false, text, meaning), false, (place, problems) -> Optional.of(value));
  }

  /** An absent key has no value: read it with {@link ConfigValues#find}. */
  public Key<T> optional(String meaning) {
    return new Key<>(
        this,
        description(false, Optional.empty(), meaning),
        true,
        (place, problems) -> Optional.empty());
  }

  /** Sets the text that tables show as the range. */
  KeyDraft<T> ranging(String allowed) {
    return new KeyDraft<>(name, type, allowed, secret, rules);
  }

  Optional<T> read(ConfigNode node, Problems problems) {
    ParseContext reading = new ParseContext(problems, secret);
    Optional<T> value = type.read(node, reading);
    Optional<String> broken = value.flatMap(this::broken);
    broken.ifPresent(rule -> reading.refuse(node, rule));
    return broken.isPresent() ? Optional.empty() : value;
  }

  KeyDescription description(boolean required, Optional<String> defaultText, String meaning) {
    return new KeyDescription(
        name, type.word(), type.units(), range, required, defaultText, meaning, type.keys());
  }

  private Optional<String> broken(T value) {
    return rules.stream().filter(rule -> !rule.test().test(value)).map(Rule::text).findFirst();
  }
}
