package io.sessionbridge.windows.driver;

import java.util.Optional;

/** SessionBridge's kernel driver on this machine. Safe for use by several threads. */
public interface SessionDriver {

  /** The name of its service. */
  String SERVICE = "SessionBridgeDriver";

  /**
   * Becomes its reader; there can be one. Returns at once.
   *
   * @param after the last record that the caller has: the next one, or the oldest one that the
   *     driver still keeps, is read first. Empty if the caller has none: then the oldest one that
   *     the driver keeps is read first, also if somebody has read it before
   * @throws DriverException if it is missing, not started, of another version, read by somebody
   *     else, or hears nothing because the kernel refused its registration
   */
  DriverReader open(Optional<DriverPosition> after) throws DriverException;
}
