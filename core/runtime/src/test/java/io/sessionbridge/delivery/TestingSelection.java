package io.sessionbridge.delivery;

import io.sessionbridge.config.ConfigException;
import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import java.util.Optional;

/** Selections as a configuration has them. */
final class TestingSelection {

  private TestingSelection() {}

  /**
   * Reads what stands below {@code select}, a key a line.
   *
   * @throws ConfigException with what is wrong with it
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
