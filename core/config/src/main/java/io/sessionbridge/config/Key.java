package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.config.type.Choices;
import io.sessionbridge.config.type.EntriesType;
import io.sessionbridge.config.type.ListType;
import io.sessionbridge.config.type.MapType;
import io.sessionbridge.config.type.Numbers;
import io.sessionbridge.config.type.PathText;
import io.sessionbridge.config.type.ScalarType;
import io.sessionbridge.config.type.SectionType;
import io.sessionbridge.config.type.SwitchedSectionType;
import io.sessionbridge.config.type.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the configuration: name, type, range, default and meaning. A key is a constant of the
 * plug-in that reads it, built with one of the static methods followed by {@link
 * KeyDraft#required}, {@link KeyDraft#orElse} or {@link KeyDraft#optional}.
 *
 * <p>Immutable.
 */
public final class Key<T> {

  /** The value of a {@link #pathOrStandardStream} key for {@code -}. */
  public static final Path STANDARD_STREAM = Path.of("-");

  private final KeyDraft<T> draft;
  private final KeyDescription description;
  private final boolean optional;
  private final WhenAbsent<T> whenAbsent;

  /** The value of an absent key; empty if it has none, or after a problem was added. */
  interface WhenAbsent<T> {
    Optional<T> value(Place place, Problems problems);
  }

  Key(KeyDraft<T> draft, KeyDescription description, boolean optional, WhenAbsent<T> whenAbsent) {
    this.draft = draft;
    this.description = description;
    this.optional = optional;
    this.whenAbsent = whenAbsent;
  }

  /** A text that is not empty. */
  public static KeyDraft<String> text(String name) {
    return scalar(name, "text", "", Texts::notEmpty, Function.identity());
  }

  /** {@code true} or {@code false}. */
  public static KeyDraft<Boolean> flag(String name) {
    return scalar(name, "boolean", "", (text, place) -> Numbers.bool(text), String::valueOf);
  }

  /** A whole number. */
  public static RangedDraft<Long> integer(String name) {
    return ranged(name, "integer", "", (text, place) -> Numbers.integer(text), String::valueOf);
  }

  /** A number, with or without a fraction. */
  public static RangedDraft<Double> decimal(String name) {
    return ranged(name, "number", "", (text, place) -> Numbers.decimal(text), Numbers::decimalText);
  }

  /** A number of bytes with its unit: {@code 512KiB}, {@code 1GiB}. */
  public static RangedDraft<Long> bytes(String name) {
    return ranged(
        name, "size", ByteSize.UNITS, (text, place) -> ByteSize.parse(text), ByteSize::text);
  }

  /** A duration with its unit: {@code 500ms}, {@code 5m}, {@code 90d}. */
  public static RangedDraft<Duration> duration(String name) {
    return ranged(
        name, "duration", TimeSpan.UNITS, (text, place) -> TimeSpan.parse(text), TimeSpan::text);
  }

  /**
   * A path; the value is absolute. A relative path is resolved against the folder of the
   * configuration file, because the working directory of a service differs. {@code -} and {@code ~}
   * are refused.
   */
  public static KeyDraft<Path> path(String name) {
    return scalar(name, "path", "", PathText::parse, Path::toString);
  }

  /** A path, or {@code -} for {@link #STANDARD_STREAM}. */
  public static KeyDraft<Path> pathOrStandardStream(String name) {
    return scalar(name, "path", "", PathText::parseOrStandardStream, Path::toString);
  }

  /**
   * The path of a file with a private key. Like {@link #path}, but no message repeats the value,
   * and a file that other users can read or write is refused.
   */
  public static KeyDraft<Path> privateFile(String name) {
    return scalar(name, "path", "", PathText::parsePrivate, Path::toString).secret();
  }

  /**
   * The path of a file with a secret. No message repeats the value, and a file that other users can
   * read or write is refused.
   */
  public static KeyDraft<SecretFile> secretFile(String name) {
    return scalar(name, "path", "", PathText::parseSecret, s -> s.path().toString()).secret();
  }

  /** One of the constants, written in lower case. */
  public static <E extends Enum<E>> KeyDraft<E> oneOf(String name, Class<E> choices) {
    return oneOf(name, Choices.of(choices));
  }

  /** One of the words. */
  public static KeyDraft<String> oneOf(String name, Collection<String> words) {
    return oneOf(name, Choices.of(words));
  }

  /** A list of some of the constants, written in lower case. */
  public static <E extends Enum<E>> KeyDraft<List<E>> severalOf(String name, Class<E> choices) {
    return severalOf(name, Choices.of(choices));
  }

  /** A list of some of the words. */
  public static KeyDraft<List<String>> severalOf(String name, Collection<String> words) {
    return severalOf(name, Choices.of(words));
  }

  /** A list of texts. A single text is refused with a message that shows the list to write. */
  public static KeyDraft<List<String>> texts(String name) {
    ScalarType<String> text = new ScalarType<>("text", "", Texts::notEmpty, Function.identity());
    return new KeyDraft<>(name, new ListType<>(text));
  }

  /** A mapping of text to text, in the order of the file, for settings that are passed through. */
  public static KeyDraft<Map<String, String>> properties(String name) {
    return new KeyDraft<>(name, new MapType());
  }

  /** A section: a mapping with its own keys. */
  public static <S> SectionDraft<S> section(String name, ConfigSpec<S> spec) {
    return new SectionDraft<>(name, spec);
  }

  /**
   * A section that {@code false} switches off.
   *
   * @param off the value for {@code false}
   */
  public static <S> KeyDraft<S> sectionOrFalse(String name, ConfigSpec<S> spec, S off) {
    return new KeyDraft<>(name, new SwitchedSectionType<>(new SectionType<>(spec), off));
  }

  /**
   * Entries by {@linkplain EntryId id}, in the order of the file. If an id or an entry is invalid,
   * the entries that are mappings are still returned, so that the problems of their keys are
   * reported in the same run.
   */
  public static KeyDraft<Map<String, ConfigMapping>> entries(String name) {
    return new KeyDraft<>(name, new EntriesType());
  }

  public String name() {
    return description.name();
  }

  /** For tables and help. */
  public KeyDescription description() {
    return description;
  }

  /**
   * Reads this key of {@code mapping} and ignores other keys.
   *
   * @return the value or default; empty for an absent optional key, or after the problem was added
   */
  public Optional<T> read(ConfigMapping mapping, Problems problems) {
    Optional<ConfigNode> node = mapping.child(name());
    return node.isPresent()
        ? draft.read(node.get(), problems)
        : whenAbsent.value(mapping.place(name()), problems);
  }

  /**
   * Whether this is a section that is read as empty if it is absent, with the defaults of its keys.
   */
  public boolean isSectionOfDefaults() {
    return !optional && !description.required() && !description.keys().isEmpty();
  }

  /** Whether an absent key has no value. */
  boolean isOptional() {
    return optional;
  }

  @Override
  public String toString() {
    return name();
  }

  private static <T> KeyDraft<T> scalar(
      String name,
      String word,
      String units,
      ScalarType.Parser<T> parser,
      Function<T, String> writer) {
    return new KeyDraft<>(name, new ScalarType<>(word, units, parser, writer));
  }

  private static <T extends Comparable<T>> RangedDraft<T> ranged(
      String name,
      String word,
      String units,
      ScalarType.Parser<T> parser,
      Function<T, String> writer) {
    return new RangedDraft<>(name, new ScalarType<>(word, units, parser, writer));
  }

  private static <T> KeyDraft<T> oneOf(String name, Choices<T> choices) {
    return new KeyDraft<>(name, choices.type()).ranging(choices.listed());
  }

  private static <T> KeyDraft<List<T>> severalOf(String name, Choices<T> choices) {
    return new KeyDraft<List<T>>(name, new ListType<>(choices.type())).ranging(choices.listed());
  }
}
