package io.sessionbridge.spi;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Facts about the machine that the agent runs on. A plug-in binds an implementation where the core
 * cannot determine them. Safe for use by several threads. Constant values are read once, at the
 * first call.
 */
@Evolving
public interface HostFacts {

  /**
   * A text that is stable for the lifetime of the installation and differs between machines, also
   * between copies of one disk image; the host id is derived from it. Empty if the system has none.
   */
  Optional<String> machineId();

  String name();

  Optional<String> fqdn();

  Optional<String> domain();

  /** Changes at each boot. */
  Optional<String> bootId();

  /** Milliseconds since the machine started, sleep included. Never blocks. */
  OptionalLong uptimeMillis();
}
