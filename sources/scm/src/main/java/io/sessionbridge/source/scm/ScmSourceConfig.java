package io.sessionbridge.source.scm;

import io.sessionbridge.config.ConfigSpec;

/** What an scm source is told: nothing. A service hears all of its machine, or nothing. */
record ScmSourceConfig() {

  static final ConfigSpec<ScmSourceConfig> SPEC = ConfigSpec.empty(new ScmSourceConfig());
}
