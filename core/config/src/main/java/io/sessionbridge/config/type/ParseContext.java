package io.sessionbridge.config.type;

import io.sessionbridge.config.Problems;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.tree.ConfigEmpty;
import io.sessionbridge.config.tree.ConfigNode;

/**
 * The context in which the value of a key is parsed.
 *
 * @param secret whether the key is declared secret
 */
public record ParseContext(Problems problems, boolean secret) {

  /** Reports that {@code node} violates {@code rule}, with the value found. */
  public void refuse(ConfigNode node, String rule) {
    refuse(node, rule, "");
  }

  /** The same, followed by a suggestion. */
  void refuse(ConfigNode node, String rule, String question) {
    if (node instanceof ConfigEmpty) {
      problems.add(node.place(), "has no value, give it one or remove it");
      return;
    }
    problems.add(node.place(), hides(node) ? rule : rule + ", was " + node.found() + question);
  }

  /** Whether no message may repeat the value. */
  boolean hides(ConfigNode node) {
    return secret || SecretText.isUnder(node.place().path());
  }
}
