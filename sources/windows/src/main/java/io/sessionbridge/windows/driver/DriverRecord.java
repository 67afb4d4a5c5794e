package io.sessionbridge.windows.driver;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session change that the kernel reported.
 *
 * @param bootId differs for each load of the driver
 * @param sequence starts at 1 with each load; a jump means lost records
 * @param time when the kernel reported it; empty if the machine's clock was not set
 * @param uptimeMillis since the machine started, including sleep
 * @param lost how many records were overwritten unread before this one
 * @param event {@code IO_SESSION_EVENT}
 * @param sessionId empty if the kernel did not report it
 * @param state {@code IO_SESSION_STATE}, 0 if unknown
 * @param local true at the console, false for a remote session, empty if unknown
 */
public record DriverRecord(
    long bootId,
    long sequence,
    Optional<Instant> time,
    long uptimeMillis,
    long lost,
    int event,
    OptionalLong sessionId,
    int state,
    Optional<Boolean> local) {

  /** The position after this record. */
  public DriverPosition position() {
    return new DriverPosition(bootId, sequence);
  }
}
