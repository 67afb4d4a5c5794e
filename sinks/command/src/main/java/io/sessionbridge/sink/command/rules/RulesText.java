package io.sessionbridge.sink.command.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Place;
import io.sessionbridge.config.Problems;
import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.sink.command.config.OnRule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules in the text of a file: {@code rules:}, and a list of entries with {@code on}. */
final class RulesText {

  /** The maximum size of a file in bytes. */
  static final int MAX_BYTES = 256 << 10;

  /** The maximum number of rules in a file. */
  static final int MAX_RULES = 200;

  private static final String RULES = "rules";

  private RulesText() {}

  /**
   * Parses the rules.
   *
   * @param name of the file, for the problems
   * @param check of each rule
   * @return empty if anything is wrong, after all problems were added
   */
  static Optional<List<OnRule>> read(
      String name, byte[] bytes, RuleCheck check, Problems problems) {
    Optional<ConfigMapping> top = decode(name, bytes, problems);
    if (top.isEmpty()) {
      return Optional.empty();
    }
    top.get()
        .entries()
        .forEach(
            (key, node) -> {
              if (!key.equals(RULES)) {
                problems.add(node.place(), "is unknown; a rules file has the key rules");
              }
            });
    List<OnRule> rules = new ArrayList<>();
    for (ConfigNode item : items(top.get(), problems)) {
      Optional<OnRule> rule = CommandSinkConfig.RULE.read(item, problems);
      rule.flatMap(check::problem).ifPresent(text -> problems.add(item.place(), text));
      rule.ifPresent(rules::add);
    }
    return problems.isEmpty() ? Optional.of(List.copyOf(rules)) : Optional.empty();
  }

  private static Optional<ConfigMapping> decode(String name, byte[] bytes, Problems problems) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return ConfigFile.parse(name, text, problems);
    } catch (CharacterCodingException e) {
      problems.add(new Place(name, 0, ""), "must be saved as UTF-8, was another encoding");
      return Optional.empty();
    }
  }

  private static List<ConfigNode> items(ConfigMapping top, Problems problems) {
    Optional<List<ConfigNode>> items = top.child(RULES).flatMap(ConfigNode::items);
    if (items.isEmpty()) {
      problems.add(top.place(RULES), "must be a list of rules ([] if there are none)");
      return List.of();
    }
    if (items.get().size() > MAX_RULES) {
      problems.add(
          top.place(RULES), "must be at most " + MAX_RULES + " rules, was " + items.get().size());
      return List.of();
    }
    return items.get();
  }
}
