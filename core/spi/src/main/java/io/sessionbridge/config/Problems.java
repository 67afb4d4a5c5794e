package io.sessionbridge.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes of one configuration, so that they can be told in one go. */
public final class Problems {

  private final List<Problem> problems = new ArrayList<>();

  public void add(String file, int line, String text) {
    problems.add(new Problem(file, line, text));
  }

  /** Adds a mistake in a node: the text follows the node's path. */
  public void add(ConfigNode node, String text) {
    String path = node.path();
    add(node.file(), node.line(), path.isEmpty() ? text : path + " " + text);
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** All of them, by line. */
  public List<Problem> all() {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /**
   * Ends the reading of a configuration that has mistakes.
   *
   * @throws ConfigException with all of them
   */
  public void throwIfAny() throws ConfigException {
    if (!isEmpty()) {
      throw new ConfigException(all());
    }
  }
}
