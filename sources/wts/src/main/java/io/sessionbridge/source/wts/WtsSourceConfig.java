package io.sessionbridge.source.wts;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;

/**
 * What a wts source is told.
 *
 * @param scope whose events it reports
 */
record WtsSourceConfig(Scope scope) {

  /** Whose events a source reports. */
  enum Scope {
    ALL,
    THIS
  }

  private static final Key<Scope> SCOPE =
      Key.oneOf("scope", Scope.class)
          .orElse(Scope.ALL, "all sessions of the machine, or this one that the agent runs in");

  static final ConfigSpec<WtsSourceConfig> SPEC =
      ConfigSpec.of(values -> new WtsSourceConfig(values.get(SCOPE)), SCOPE);
}
