package io.sessionbridge.source.kernel;

import io.sessionbridge.event.Observation;
import io.sessionbridge.windows.driver.DriverPosition;
import io.sessionbridge.windows.driver.DriverRecord;
import io.sessionbridge.windows.driver.DriverStatistics;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which records were read, which are missing, and what those that are read say. One thread. */
final class KernelProgress {

  private final DriverStatistics opened;
  private final boolean continues;
  private @Nullable DriverPosition last;
  private SessionSides sides;

  /**
   * Goes on where the last run stopped.
   *
   * @param opened the driver before it was read
   */
  KernelProgress(Optional<KernelPosition> resumed, DriverStatistics opened) {
    this.opened = opened;
    this.last = resumed.map(KernelPosition::read).orElse(null);
    this.sides = resumed.map(KernelPosition::sides).orElseGet(SessionSides::new);
    this.continues = last != null && last.bootId() == opened.bootId();
  }

  /** Whether the driver was loaded again since the last run: it has not heard all. */
  boolean isOfAnotherLoad() {
    return last != null && !continues;
  }

  /** Whether everything is read that the driver held when it was opened. */
  boolean hasCaughtUp() {
    if (last == null) {
      return opened.published() == 0; // all that is kept is read, also what somebody read before
    }
    return last.bootId() == opened.bootId()
        ? last.sequence() >= opened.published()
        : opened.published() == 0;
  }

  boolean isRepeated(DriverRecord record) {
    return last != null && record.bootId() == last.bootId() && record.sequence() <= last.sequence();
  }

  /**
   * How many records of the same load the driver overwrote before they were read. What nobody read
   * before the first run of this source is not missing.
   */
  long missingBefore(DriverRecord record) {
    if (last == null) {
      return 0;
    }
    long before = record.bootId() == last.bootId() ? last.sequence() : 0;
    return record.sequence() - before - 1;
  }

  /** What the record says, with the position after it. */
  Observation take(DriverRecord record, Instant now) {
    if (last != null && (last.bootId() != record.bootId() || missingBefore(record) > 0)) {
      sides = new SessionSides(); // what is missing may have changed them
    }
    last = record.position();
    Observation observation = KernelTranslator.translate(record, sides, now);
    return observation.withPosition(new KernelPosition(last, sides).encode());
  }
}
