package io.sessionbridge.source.scm;

import io.sessionbridge.config.ConfigSpec;

/** Configuration of an scm source. It has no keys: a service receives all sessions. */
record ScmSourceConfig() {

  static final ConfigSpec<ScmSourceConfig> SPEC = ConfigSpec.empty(new ScmSourceConfig());
}
