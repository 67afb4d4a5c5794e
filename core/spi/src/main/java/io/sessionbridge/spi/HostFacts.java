package io.sessionbridge.spi;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Facts about the machine the agent runs on. A plug-in binds one where the core cannot find them
 * out itself. Safe for use by several threads. What does not change is read once, at the first
 * call.
 */
@Evolving
public interface HostFacts {

  /**
   * A text that stays as long as the installation and differs between machines, also between the
   * copies of one disk image; the host's id is made of it. Empty if the system has none.
   */
  Optional<String> machineId();

  String name();

  Optional<String> fqdn();

  Optional<String> domain();

  /** Differs from one start of the system to the next. */
  Optional<String> bootId();

  /** Milliseconds since the machine started, sleep included. Never blocks. */
  OptionalLong uptimeMillis();
}
