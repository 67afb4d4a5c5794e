package io.sessionbridge.windows.driver;

import java.util.Optional;

/** SessionBridge's kernel driver on this machine. Safe for use by several threads. */
public interface SessionDriver {

  /** The name of its service. */
  String SERVICE = "SessionBridgeDriver";

  /**
   * Opens the driver as its only reader. Returns at once.
   *
   * @param after the last record that the caller has; reading continues with the next one, or with
   *     the oldest one that the driver keeps. If it is empty, reading starts with the oldest one,
   *     even if it was read before
   * @throws DriverException if the driver is missing, not started, of another version, in use by
   *     another reader, or the kernel refused its registration
   */
  DriverReader open(Optional<DriverPosition> after) throws DriverException;
}
