package io.sessionbridge.source.kernel;

import io.sessionbridge.event.Observation;
import io.sessionbridge.windows.driver.DriverPosition;
import io.sessionbridge.windows.driver.DriverRecord;
import io.sessionbridge.windows.driver.DriverStatistics;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracks which records were read, counts the missing ones, and translates the rest. One thread. */
final class KernelProgress {

  private final DriverStatistics opened;
  private final boolean continues;
  private @Nullable DriverPosition last;
  private SessionSides sides;

  /**
   * Resumes where the last run stopped.
   *
   * @param opened statistics of the driver before the first read
   */
  KernelProgress(Optional<KernelPosition> resumed, DriverStatistics opened) {
    this.opened = opened;
    this.last = resumed.map(KernelPosition::read).orElse(null);
    this.sides = resumed.map(KernelPosition::sides).orElseGet(SessionSides::new);
    this.continues = last != null && last.bootId() == opened.bootId();
  }

  /** Whether the driver was reloaded since the last run, so that it may have missed changes. */
  boolean wasReloaded() {
    return last != null && !continues;
  }

  /** Whether every record that the driver held when it was opened has been read. */
  boolean hasCaughtUp() {
    if (last == null) {
      return opened.published() == 0; // every kept record is read, even if it was read before
    }
    return last.bootId() == opened.bootId()
        ? last.sequence() >= opened.published()
        : opened.published() == 0;
  }

  boolean isRepeated(DriverRecord record) {
    return last != null && record.bootId() == last.bootId() && record.sequence() <= last.sequence();
  }

  /**
   * Returns how many records of the same load the driver overwrote before they were read. Records
   * overwritten before the first run of this source do not count.
   */
  long missingBefore(DriverRecord record) {
    if (last == null) {
      return 0;
    }
    long before = record.bootId() == last.bootId() ? last.sequence() : 0;
    return record.sequence() - before - 1;
  }

  /** Translates the record into an observation that carries the position after it. */
  Observation take(DriverRecord record, Instant now) {
    if (last != null && (last.bootId() != record.bootId() || missingBefore(record) > 0)) {
      sides = new SessionSides(); // the missing records may have changed them
    }
    last = record.position();
    Observation observation = KernelTranslator.translate(record, sides, now);
    return observation.withPosition(new KernelPosition(last, sides).encode());
  }
}
