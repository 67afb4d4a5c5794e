package io.sessionbridge.cli.run;

import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Halts the process if an orderly stop takes too long after an essential part ended, since the rest
 * of the agent may wait for that part forever.
 */
final class HardHalt {

  private static final Logger LOG = LoggerFactory.getLogger(HardHalt.class);

  private final Clock.Signal stopped;
  private final Duration atMost;
  private final IntConsumer halt;

  /**
   * @param atMost how long the orderly stop may take
   * @param halt ends the process with an exit code and does not run shutdown hooks
   */
  HardHalt(Clock clock, Duration atMost, IntConsumer halt) {
    this.stopped = clock.signal();
    this.atMost = atMost;
    this.halt = halt;
  }

  /** Starts to wait for the stop, on a separate thread. Any thread; returns at once. */
  void begin() {
    Thread thread = new Thread(this::run, "halt");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      if (!stopped.await(atMost)) {
        LOG.error("the agent has not stopped within {} s and is halted", atMost.toSeconds());
        halt.accept(ExitCode.ESSENTIAL_PART_ENDED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that the agent has stopped. */
  void stopped() {
    stopped.raise();
  }
}
