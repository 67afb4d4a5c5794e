package io.sessionbridge.supervision;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has begun and for how long: it may wait for a peer or a disk that does not answer.
 * The thread notes it, any thread may look.
 */
public final class BusySince {

  /** A call that takes longer than this is shown in the health before its end is known. */
  public static final Duration SLOW = Duration.ofSeconds(10);

  private final Clock clock;
  private volatile @Nullable Call current;

  private record Call(String what, long since) {}

  public BusySince(Clock clock) {
    this.clock = clock;
  }

  /** A call begins. */
  public void begin(String what) {
    current = new Call(what, clock.nanoTime());
  }

  /** The call is over. */
  public void end() {
    current = null;
  }

  /** Empty unless a call takes longer than {@link #SLOW}; else what to say about it. */
  public Optional<String> slow() {
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
