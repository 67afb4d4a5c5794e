package io.sessionbridge.sink.command.process;

import io.sessionbridge.spi.Metrics;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of a command sink. Any thread. */
public final class CommandMetrics {

  private final Metrics.Counter started;
  private final Metrics.Counter failed;
  private final Metrics.Counter skipped;
  private final AtomicInteger running = new AtomicInteger();

  public CommandMetrics(Metrics metrics) {
    started = metrics.counter("command_started_total", "Commands that were started.");
    failed =
        metrics.counter(
            "command_failed_total",
            "Commands that could not be started, took too long or ended with another exit code than"
                + " 0; excludes those that were stopped as configured.");
    skipped =
        metrics.counter(
            "command_skipped_total",
            "Events that ran no command because they were too old or their user had left.");
    metrics.gauge("command_running", "Commands that are running.", running::get);
  }

  public void started() {
    started.add(1);
    running.incrementAndGet();
  }

  public void ended() {
    running.decrementAndGet();
  }

  public void failed() {
    failed.add(1);
  }

  public void skipped() {
    skipped.add(1);
  }
}
