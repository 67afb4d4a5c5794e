package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sink is doing and for how long. The loop's thread notes it, any thread may look. */
final class BusySince {

  /** A call that takes longer than this is shown in the health before its end is known. */
  static final Duration SLOW = Duration.ofSeconds(10);

  private final Clock clock;
  private volatile @Nullable Call current;

  private record Call(String what, long since) {}

  BusySince(Clock clock) {
    this.clock = clock;
  }

  /** A call begins. */
  void begin(String what) {
    current = new Call(what, clock.nanoTime());
  }

  /** The call is over. */
  void end() {
    current = null;
  }

  /** Empty unless a call takes longer than {@link #SLOW}; else what to say about it. */
  Optional<String> slow() {
    Call call = current;
    if (call == null) {
      return Optional.empty();
    }
    Duration busy = Duration.ofNanos(clock.nanoTime() - call.since);
    return busy.compareTo(SLOW) < 0
        ? Optional.empty()
        : Optional.of(call.what + " has not returned for " + busy.toSeconds() + " s");
  }
}
