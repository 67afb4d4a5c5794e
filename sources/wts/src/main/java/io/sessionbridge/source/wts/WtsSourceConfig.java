package io.sessionbridge.source.wts;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;

/**
 * Configuration of a wts source.
 *
 * @param scope whose changes it reports
 */
record WtsSourceConfig(Scope scope) {

  /** Whose changes a source reports. */
  enum Scope {
    ALL,
    THIS
  }

  private static final Key<Scope> SCOPE =
      Key.oneOf("scope", Scope.class)
          .orElse(Scope.ALL, "all = all sessions of the machine; this = the agent's own session");

  static final ConfigSpec<WtsSourceConfig> SPEC =
      ConfigSpec.of(values -> new WtsSourceConfig(values.get(SCOPE)), SCOPE);
}
