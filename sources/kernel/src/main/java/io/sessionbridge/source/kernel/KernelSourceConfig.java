package io.sessionbridge.source.kernel;

import io.sessionbridge.config.ConfigSpec;

/** Configuration of a kernel source. It has no keys: there is one driver, for all sessions. */
record KernelSourceConfig() {

  static final ConfigSpec<KernelSourceConfig> SPEC = ConfigSpec.empty(new KernelSourceConfig());
}
