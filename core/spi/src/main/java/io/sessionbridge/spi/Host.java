package io.sessionbridge.spi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** The machine that the agent runs on. Safe for use by several threads; no call blocks. */
@Stable
public interface Host {

  /** The id in every event of this host; stable for the lifetime of the installation. */
  String id();

  String name();

  Optional<String> fqdn();

  Optional<String> domain();

  /** Changes at each boot; empty where the system does not report it. */
  default Optional<String> bootId() {
    return Optional.empty();
  }

  /**
   * Milliseconds since the machine started, sleep included; empty where the system does not report
   * it.
   */
  OptionalLong uptimeMillis();

  /** The UTC offset of the host's wall clock at that time. */
  ZoneOffset localOffset(Instant time);

  /** The CloudEvents source of the events that this agent makes. */
  default String eventSource() {
    return "/sessionbridge/" + id();
  }
}
