package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.KeyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The rules for the page of every plug-in: its table has exactly one row for each key. The row
 * starts with the name of the key and contains its default or {@code required}, as in {@code |
 * `force` | true or false | `true` | ... |}.
 */
public abstract class PageContract {

  /** The keys that the page documents. */
  protected abstract ConfigSpec<?> spec();

  /** The page, from the folder of the module. */
  protected Path page() {
    return Path.of("README.md");
  }

  /** Keys in the table that do not belong to the plug-in. */
  protected List<String> otherKeys() {
    return List.of();
  }

  @Test
  final void hasARowForEachKeyWithItsDefault() throws IOException {
    List<String> rows = rows();
    for (KeyDescription key : descriptions(spec().keys(), "")) {
      String beginning = "| `" + key.name() + "` |";
      String value = key.defaultText().map(text -> "`" + text + "`").orElse("-");
      String cell = "| " + (key.required() ? "required" : value) + " |";
      assertThat(rows)
          .as("a row of %s that begins with %s and has the cell %s", page(), beginning, cell)
          .anyMatch(row -> row.startsWith(beginning) && row.contains(cell));
    }
  }

  @Test
  final void hasNoRowForAnUnknownKey() throws IOException {
    List<String> known = new ArrayList<>(otherKeys());
    descriptions(spec().keys(), "").forEach(key -> known.add(key.name()));
    for (String row : rows()) {
      assertThat(known).as("keys, for the row %s", row).contains(row.split("`", 3)[1]);
    }
  }

  private List<String> rows() throws IOException {
    return Files.readString(page()).lines().filter(line -> line.startsWith("| `")).toList();
  }

  private static List<KeyDescription> descriptions(List<Key<?>> keys, String path) {
    List<KeyDescription> all = new ArrayList<>();
    for (Key<?> key : keys) {
      KeyDescription plain = key.description();
      all.add(
          new KeyDescription(
              path + plain.name(),
              plain.type(),
              plain.units(),
              plain.range(),
              plain.required(),
              plain.defaultText(),
              plain.meaning(),
              plain.keys()));
      all.addAll(descriptions(plain.keys(), path + plain.name() + "."));
    }
    return all;
  }
}
