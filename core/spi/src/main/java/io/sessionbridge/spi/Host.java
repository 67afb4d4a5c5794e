package io.sessionbridge.spi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** The machine the agent runs on. Safe for use by several threads; no call blocks. */
@Stable
public interface Host {

  /** The identity that every event of this host carries; stays for the life of the installation. */
  String id();

  String name();

  Optional<String> fqdn();

  Optional<String> domain();

  /**
   * Differs from one start of the machine to the next; empty where the system does not report it.
   */
  default Optional<String> bootId() {
    return Optional.empty();
  }

  /**
   * Milliseconds since the machine started, sleep included; empty where the system does not report
   * it.
   */
  OptionalLong uptimeMillis();

  /** The offset of the host's wall clock at the time. */
  ZoneOffset localOffset(Instant time);

  /** The CloudEvents source of events whose id this agent makes. */
  default String eventSource() {
    return "/sessionbridge/" + id();
  }
}
