package io.sessionbridge.config.type;

import io.sessionbridge.config.Problems;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.config.tree.ConfigEmpty;
import io.sessionbridge.config.tree.ConfigNode;

/**
 * The reading of one key's value.
 *
 * @param secret whether the key is declared secret
 */
public record ParseContext(Problems problems, boolean secret) {

  /** Tells that {@code node} breaks {@code rule}, and what was found instead. */
  public void refuse(ConfigNode node, String rule) {
    refuse(node, rule, "");
  }

  /** The same, with what may have been meant behind it. */
  void refuse(ConfigNode node, String rule, String question) {
    if (node instanceof ConfigEmpty) {
      problems.add(node.place(), "has no value, give it one or remove it");
      return;
    }
    problems.add(node.place(), hides(node) ? rule : rule + ", was " + node.found() + question);
  }

  /** Whether what was found must not be repeated in a message. */
  boolean hides(ConfigNode node) {
    return secret || SecretText.isUnder(node.place().path());
  }
}
