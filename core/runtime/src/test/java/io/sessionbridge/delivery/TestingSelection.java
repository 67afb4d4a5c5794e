package io.sessionbridge.delivery;

import io.sessionbridge.config.ConfigException;
import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import java.util.Optional;

/** Parses selections from configuration text. */
final class TestingSelection {

  private TestingSelection() {}

  /**
   * Reads the content of {@code select}, one key per line.
   *
   * @throws ConfigException with all problems
   */
  static Selection of(String... lines) throws ConfigException {
    Problems problems = new Problems();
    Optional<Selection> selection =
        ConfigFile.parse("select.yaml", String.join("\n", lines), problems)
            .flatMap(keys -> SelectKeys.SPEC.read(keys, problems));
    problems.throwIfAny();
    return selection.orElseThrow();
  }
}
