package io.sessionbridge.testkit;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Problems;
import java.util.Optional;

/** Reads an entry of a configuration as the agent would. */
public final class TestingConfig {

  private static final String FILE = "test.yaml";

  private TestingConfig() {}

  /** Reads a YAML text. Problems fail the test. */
  public static <C> C read(ConfigSpec<C> spec, String yaml) {
    Problems problems = new Problems();
    return read(spec, yaml, problems).orElseThrow(() -> new AssertionError(problems.toString()));
  }

  /** The problems of a YAML text, one per line, as {@code test.yaml:1: path is missing}. */
  public static <C> String problems(ConfigSpec<C> spec, String yaml) {
    Problems problems = new Problems();
    Optional<C> unused = read(spec, yaml, problems);
    return problems.toString();
  }

  private static <C> Optional<C> read(ConfigSpec<C> spec, String yaml, Problems problems) {
    return ConfigFile.parse(FILE, yaml, problems).flatMap(top -> spec.read(top, problems));
  }
}
