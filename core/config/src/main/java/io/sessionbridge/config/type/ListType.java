package io.sessionbridge.config.type;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of a scalar type. A single text instead of a list is an error with a message that shows
 * the list to write.
 */
public record ListType<T>(ScalarType<T> element) implements ValueType<List<T>> {

  @Override
  public String word() {
    return "list of " + element.word();
  }

  @Override
  public String units() {
    return element.units();
  }

  @Override
  public Optional<List<T>> read(ConfigNode node, ParseContext reading) {
    Optional<List<ConfigNode>> items = node.items();
    if (items.isEmpty()) {
      reading.refuse(
          node,
          "must be a list"
              + node.text().filter(text -> !reading.hides(node)).map(ListType::instead).orElse(""));
      return Optional.empty();
    }
    if (items.get().isEmpty()) {
      reading.refuse(node, "must not be empty");
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    items.get().forEach(item -> element.read(item, reading).ifPresent(values::add));
    return values.size() == items.get().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  private static String instead(String text) {
    String[] parts = SecretText.maskedValue(text).strip().split("\\s*,\\s*", -1);
    return ", write [" + String.join(", ", parts) + "]";
  }

  @Override
  public String write(List<T> value) {
    return value.stream().map(element::write).collect(joining(", ", "[", "]"));
  }
}
