package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.StateBoard;
import io.sessionbridge.spi.StateSink;
import io.sessionbridge.supervision.BusySince;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one sink: connects it, probes it and, for a {@link StateSink}, shows it the
 * state. Does not wait. Only for the loop's thread, except {@link #stateChanged} and {@link
 * #doubt}.
 *
 * <p>A failure is returned as a message, and the connection counts as lost.
 */
final class SinkConnection {

  private static final Logger LOG = LoggerFactory.getLogger(SinkConnection.class);

  /** Interval of probes, and of health checks, because changes of health raise no signal. */
  static final Duration PERIOD = Duration.ofSeconds(30);

  private final String sinkId;
  private final Sink sink;
  private final StateBoard board;
  private final Clock clock;
  private final BusySince busy;
  private boolean up;
  private long openedAt;
  private long checkedAt;
  private @Nullable HostState shown;
  private volatile boolean stateChanged;
  private volatile boolean inDoubt;

  /** A call of the sink. */
  private interface Call {
    void run() throws DeliveryException, InterruptedException;
  }

  SinkConnection(String sinkId, Sink sink, StateBoard board, Clock clock, BusySince busy) {
    this.sinkId = sinkId;
    this.sink = sink;
    this.board = board;
    this.clock = clock;
    this.busy = busy;
  }

  boolean isUp() {
    return up;
  }

  /** Whether it has been up for a whole period. */
  boolean isStable() {
    return up && checkedAt - openedAt >= PERIOD.toNanos();
  }

  /** The state may have changed. Thread-safe; never blocks. */
  void stateChanged() {
    stateChanged = true;
  }

  /** The connection may be lost. Thread-safe; never blocks. */
  void doubt() {
    inDoubt = true;
  }

  /** A delivery failed in a way that requires a new connection. */
  void lost() {
    up = false;
  }

  /** Connects. */
  Optional<String> open() throws InterruptedException {
    Optional<String> failure = call("connect", sink::connect);
    if (failure.isEmpty()) {
      up = true;
      openedAt = clock.nanoTime();
      checkedAt = openedAt;
      inDoubt = false;
      shown = null;
    }
    return failure;
  }

  /** Probes if due, and shows the state if it changed. */
  Optional<String> keep() throws InterruptedException {
    boolean due = untilCheck().isZero();
    Optional<String> failure = Optional.empty();
    if (due || inDoubt) {
      inDoubt = false;
      checkedAt = clock.nanoTime();
      failure = call("probe", sink::probe);
    }
    if (failure.isEmpty() && sink instanceof StateSink stateSink) {
      failure = show(stateSink, due);
    }
    return failure;
  }

  private Optional<String> show(StateSink stateSink, boolean due) throws InterruptedException {
    HostState before = shown;
    if (before != null && !due && !stateChanged) {
      return Optional.empty();
    }
    stateChanged = false;
    HostState now = board.now();
    if (before != null && !now.differsFrom(before)) {
      return Optional.empty();
    }
    Optional<String> failure = call("showing the state", () -> stateSink.show(now));
    shown = now;
    return failure;
  }

  /** The time until the next call of {@link #keep}. */
  Duration untilCheck() {
    long left = PERIOD.toNanos() - (clock.nanoTime() - checkedAt);
    return Duration.ofNanos(Math.max(0, left));
  }

  private Optional<String> call(String what, Call call) throws InterruptedException {
    busy.begin(what);
    try {
      call.run();
      return Optional.empty();
    } catch (DeliveryException e) {
      up = false;
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.debug("{} of sink {} threw", what, sinkId, e);
      up = false;
      return Optional.of(what + " failed: " + e);
    } finally {
      busy.end();
    }
  }
}
