package io.sessionbridge.source.kernel;

import io.sessionbridge.config.ConfigSpec;

/** What a kernel source is told: nothing. There is one driver, and it hears all sessions. */
record KernelSourceConfig() {

  static final ConfigSpec<KernelSourceConfig> SPEC = ConfigSpec.empty(new KernelSourceConfig());
}
