package io.sessionbridge.sink.mqtt.publish;

import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.tcp.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some publications over one connection and what came of each. Sends as many at a time as the
 * window allows, and ends early when the connection ends, the broker is silent, or it refuses one
 * for a reason that the next one would meet, too.
 *
 * <p>For the sink's thread; the answers come on others.
 */
public final class PublishWindow {

  private static final int NOBODY_WAITS = -1;

  /** Of a publication that has no answer, or was not sent. */
  static final int UNKNOWN = -1;

  private final Connection connection;
  private final Duration timeouts;
  private final int[] reasons;
  private int sent;
  private int answers;
  private int wakeAt = NOBODY_WAITS;
  private boolean refused;
  private @Nullable Ending ending;

  PublishWindow(Connection connection, Duration timeouts, int publications) {
    this.connection = connection;
    this.timeouts = timeouts;
    this.reasons = new int[publications];
    Arrays.fill(reasons, UNKNOWN);
  }

  /**
   * Sends one, after waiting for room.
   *
   * @param place its number, from 0
   * @param window how many may be without an answer, at least 1
   * @return false if nothing more is to be sent
   */
  boolean send(int place, Publication publication, int window) throws InterruptedException {
    // One in for one out: whoever waits for more room sends nothing that carries TCP's
    // acknowledgement of the broker's answers, for which the broker then waits.
    if (inFlight() >= window && !awaitAtMost(window - 1) || isEnded()) {
      return false;
    }
    note(1, 0);
    try {
      connection.link().publish(publication, new Fate(place));
      return true;
    } catch (LinkException e) {
      note(-1, 0);
      ending = e.ending();
      return false;
    }
  }

  /** Waits for the answers that are due. */
  void finish() throws InterruptedException {
    boolean unused = awaitAtMost(0);
  }

  /** What the broker answered, or {@link #UNKNOWN}. */
  synchronized int reason(int place) {
    return reasons[place];
  }

  /** How many were sent. */
  synchronized int sent() {
    return sent;
  }

  /** Why it ended early, if the connection is the cause. */
  Optional<Ending> ending() {
    return connection.ending().or(() -> Optional.ofNullable(ending));
  }

  private boolean isEnded() {
    return isRefused() || ending().isPresent();
  }

  private synchronized boolean isRefused() {
    return refused;
  }

  private synchronized int inFlight() {
    return sent - answers;
  }

  private synchronized int answers() {
    return answers;
  }

  private synchronized void note(int moreSent, int moreAnswers) {
    sent += moreSent;
    answers += moreAnswers;
  }

  /** True if no more than so many are without an answer; else asks to be woken when it is so. */
  private synchronized boolean isDownTo(int most) {
    boolean reached = sent - answers <= most;
    wakeAt = reached ? NOBODY_WAITS : most;
    return reached;
  }

  private boolean awaitAtMost(int most) throws InterruptedException {
    int seen = answers();
    Deadline deadline = new Deadline(connection.clock(), timeouts);
    while (!isDownTo(most)) {
      if (ending().isPresent()) {
        return false;
      }
      boolean woken = connection.changed().await(deadline.left());
      int now = answers();
      if (now > seen) {
        seen = now;
        deadline = new Deadline(connection.clock(), timeouts);
      } else if (!woken) {
        ending = new Ending.Silent();
      }
    }
    return true;
  }

  private void answered(int place, int reason) {
    boolean wake;
    synchronized (this) {
      if (reasons[place] != UNKNOWN) {
        return;
      }
      reasons[place] = reason;
      answers++;
      refused |= Reason.isFailure(reason) && !Reason.isOfOne(reason);
      wake = sent - answers <= wakeAt;
    }
    if (wake) {
      connection.changed().raise();
    }
  }

  /** Of one publication. */
  private final class Fate implements Link.Fate {
    private final int place;

    Fate(int place) {
      this.place = place;
    }

    @Override
    public void answered(int reason) {
      PublishWindow.this.answered(place, reason);
    }

    /** The end of the connection is told to the connection; there is nothing to add. */
    @Override
    public void unknown() {}
  }
}
