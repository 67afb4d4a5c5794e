package io.sessionbridge.config.type;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.Optional;
import java.util.function.Function;

/** A value written as a single text. */
public record ScalarType<T>(String word, String units, Parser<T> parser, Function<T, String> writer)
    implements ValueType<T> {

  public interface Parser<T> {
    /** The place provides the folder for relative paths, and the key for errors. */
    T parse(String text, Place place) throws BadValueException;
  }

  @Override
  public Optional<T> read(ConfigNode node, ParseContext reading) {
    Optional<String> text = node.text();
    if (text.isEmpty()) {
      reading.refuse(node, "must be " + Article.with(word));
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(text.get(), node.place()));
    } catch (BadValueException e) {
      reading.refuse(node, e.rule(), e.question());
      return Optional.empty();
    }
  }

  @Override
  public String write(T value) {
    return writer.apply(value);
  }
}
