package io.sessionbridge.windows.driver;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session change as the kernel told it.
 *
 * @param bootId another one for each load of the driver
 * @param sequence 1 for the first record of a load; a jump means that records are lost
 * @param time when the kernel told it; empty if the clock of the machine was not set
 * @param uptimeMillis since the start of the machine, sleep included
 * @param lost how many records were overwritten unread before this one
 * @param event {@code IO_SESSION_EVENT}
 * @param sessionId empty if the kernel did not tell
 * @param state {@code IO_SESSION_STATE}, 0 if unknown
 * @param local true at the console, false for a remote session, empty if the kernel did not tell
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

  /** What it is to have read this record. */
  public DriverPosition position() {
    return new DriverPosition(bootId, sequence);
  }
}
