package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects by the state of a followed file alone that nothing has happened to it, because a look at
 * the content takes several times as long. Works only where files have keys, so not on Windows.
 *
 * <p>Not thread-safe: guarded by the lock of the {@link Follower}.
 */
final class StateWatch {

  /** The interval of the looks while the name or a file changes. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /** The interval of the looks after {@link #REST_AFTER}. */
  static final Duration LOOK_AT_REST = Duration.ofSeconds(2);

  static final Duration REST_AFTER = Duration.ofMinutes(1);

  /** Each look with this number compares the content too: every 5 s, and every 40 s at rest. */
  static final int FULL_LOOK_EVERY = 20;

  /**
   * The resolution of file times, at most: a file that was modified less than this ago may change
   * again without a new time.
   */
  static final Duration TIME_STEP = Duration.ofSeconds(2);

  private final Path path;
  private final Clock clock;
  private @Nullable FileState state;
  private long changedAt;
  private boolean settled;
  private int looks;

  StateWatch(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
    this.changedAt = clock.nanoTime();
  }

  /**
   * Called at each look. Whether a look at the content would find nothing new in the file with this
   * key; counts the looks.
   */
  boolean isUnchanged(String key) {
    if (++looks >= FULL_LOOK_EVERY) {
      looks = 0;
      return false;
    }
    FileState known = state;
    if (!settled || known == null || !known.hasKey(key)) {
      return false;
    }
    try {
      return FileState.of(path).equals(known);
    } catch (UnreadableException e) {
      return false; // the full look reports it
    }
  }

  /** The next look must be at the content. */
  void unsettle() {
    settled = false;
  }

  /**
   * Records a look at the content.
   *
   * @param now null if there is no file
   * @param quiet whether no file that is still read has changed
   */
  void looked(@Nullable FileState now, boolean quiet) {
    if (!quiet || !Objects.equals(now, state)) {
      changedAt = clock.nanoTime();
    }
    state = now;
    settled = now != null && isUnchangedFor(TIME_STEP);
  }

  /** The time until the next look. */
  Duration untilLook() {
    return state != null && isUnchangedFor(REST_AFTER) ? LOOK_AT_REST : LOOK_AGAIN;
  }

  private boolean isUnchangedFor(Duration time) {
    return clock.nanoTime() - changedAt >= time.toNanos();
  }
}
