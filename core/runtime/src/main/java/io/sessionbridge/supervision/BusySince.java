package io.sessionbridge.supervision;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call that a thread is in, and since when: a peer or a disk may not answer. The thread itself
 * records it; any thread may read it.
 */
public final class BusySince {

  /** A call that takes longer than this appears in the health while it still runs. */
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

  /** A health message if the current call takes longer than {@link #SLOW}; else empty. */
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
