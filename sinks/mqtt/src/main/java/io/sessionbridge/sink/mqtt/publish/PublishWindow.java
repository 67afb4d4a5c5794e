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
 * A series of publications over one connection, and their results. Keeps as many in flight as the
 * window allows. Ends early if the connection ends, the broker stops answering, or it refuses one
 * for a reason that also applies to the next ones.
 *
 * <p>For the sink's thread; answers come on other threads.
 */
public final class PublishWindow {

  private static final int NO_WAITER = -1;

  /** The result of a publication without an answer, or not sent. */
  static final int UNKNOWN = -1;

  private final Connection connection;
  private final Duration timeout;
  private final int[] reasons;
  private int sent;
  private int answers;
  private int wakeAt = NO_WAITER;
  private boolean refused;
  private @Nullable Ending ending;

  PublishWindow(Connection connection, Duration timeout, int publications) {
    this.connection = connection;
    this.timeout = timeout;
    this.reasons = new int[publications];
    Arrays.fill(reasons, UNKNOWN);
  }

  /**
   * Sends one, after waiting for space in the window.
   *
   * @param place its number, from 0
   * @param window how many may be unanswered, at least 1
   * @return false if nothing more can be sent
   */
  boolean send(int place, Publication publication, int window) throws InterruptedException {
    // Refill one by one: waiting for more space would send no data that carries the TCP
    // acknowledgement of the broker's answers, for which the broker then waits.
    if (inFlight() >= window && !awaitAtMost(window - 1) || isEnded()) {
      return false;
    }
    count(1, 0);
    try {
      connection.link().publish(publication, new PublishCallback(place));
      return true;
    } catch (LinkException e) {
      count(-1, 0);
      ending = e.ending();
      return false;
    }
  }

  /** Waits for the outstanding answers. */
  void finish() throws InterruptedException {
    boolean unused = awaitAtMost(0);
  }

  /** The broker's answer, or {@link #UNKNOWN}. */
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

  private synchronized void count(int moreSent, int moreAnswers) {
    sent += moreSent;
    answers += moreAnswers;
  }

  /** True if at most this many are unanswered; else requests a wake-up for that time. */
  private synchronized boolean isDownTo(int most) {
    boolean reached = sent - answers <= most;
    wakeAt = reached ? NO_WAITER : most;
    return reached;
  }

  private boolean awaitAtMost(int most) throws InterruptedException {
    int seen = answers();
    Deadline deadline = new Deadline(connection.clock(), timeout);
    while (!isDownTo(most)) {
      if (ending().isPresent()) {
        return false;
      }
      boolean woken = connection.changed().await(deadline.left());
      int now = answers();
      if (now > seen) {
        seen = now;
        deadline = new Deadline(connection.clock(), timeout);
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

  /** The callback of one publication. */
  private final class PublishCallback implements Link.PublishCallback {
    private final int place;

    PublishCallback(int place) {
      this.place = place;
    }

    @Override
    public void answered(int reason) {
      PublishWindow.this.answered(place, reason);
    }

    /** The end is reported to the connection; there is nothing to add. */
    @Override
    public void unknown() {}
  }
}
