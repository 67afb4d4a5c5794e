package io.sessionbridge.config.type;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.config.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The allowed words of a key, and their values. */
public record Choices<T>(List<T> all, Function<T, String> word) {

  public static <E extends Enum<E>> Choices<E> of(Class<E> type) {
    return new Choices<>(
        Arrays.asList(type.getEnumConstants()), value -> value.name().toLowerCase(Locale.ROOT));
  }

  public static Choices<String> of(Collection<String> words) {
    return new Choices<>(List.copyOf(words), Function.identity());
  }

  public ScalarType<T> type() {
    return new ScalarType<>("word", "", (text, place) -> parse(text), word);
  }

  public String listed() {
    return all.stream().map(word).collect(joining(", "));
  }

  private T parse(String text) throws BadValueException {
    for (T value : all) {
      if (word.apply(value).equals(text)) {
        return value;
      }
    }
    throw new BadValueException(
        "must be one of " + listed(), Suggestion.question(text, all.stream().map(word).toList()));
  }
}
