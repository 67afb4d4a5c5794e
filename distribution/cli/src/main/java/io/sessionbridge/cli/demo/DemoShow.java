package io.sessionbridge.cli.demo;

import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.receivers.Receiver;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Runs the demo: makes one receiver after the other unreachable and available again while events
 * continue to the others. One thread.
 */
final class DemoShow {

  /** About one hour of the recorded day. */
  private static final int EVENTS_PER_TICK = 8;

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Bridge bridge;
  private final List<Receiver> receivers;
  private final DemoDay day;
  private final ProgressLine line;
  private final StopSignal stop;

  /**
   * @param receivers each with a sink of its id
   */
  DemoShow(
      Bridge bridge, List<Receiver> receivers, DemoDay day, ProgressLine line, StopSignal stop) {
    this.bridge = bridge;
    this.receivers = receivers;
    this.day = day;
    this.line = line;
    this.stop = stop;
  }

  /**
   * Returns when everything has arrived, or after a timeout.
   *
   * @throws CancellationException when the program should stop
   */
  void play() throws Exception {
    line.say("demo: replaying " + day.events() + " recorded events of a small office");
    watch(5, () -> pending() == 0);
    for (Receiver receiver : receivers) {
      watch(2, () -> true); // so that events are in transit
      receiver.takeAway();
      line.say("demo: " + receiver.title() + " " + receiver.away());
      watch(7, () -> pending() == pending(receiver));
      line.say("demo: " + receiver.title() + " " + receiver.back());
      receiver.giveBack();
      watch(5, () -> pending() == 0);
    }
    line.say("demo: the rest of the day");
    watch(day.events(), () -> pending() == 0);
    for (DeliveryLoop loop : bridge.loops()) {
      Health health = loop.check();
      if (!health.isUp()) {
        line.say("demo: " + loop.sinkId() + ": " + health.detail());
      }
    }
  }

  /**
   * Replays events and shows their progress, until they are in the journal and the condition holds,
   * or until a timeout.
   *
   * @param ticks for how many ticks to replay events at most
   */
  private void watch(int ticks, BooleanSupplier until) throws Exception {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    int left = ticks;
    while (System.nanoTime() - end < 0) {
      if (left > 0 && day.replayed() < day.events()) {
        day.replay(EVENTS_PER_TICK);
        left--;
      } else if (isInJournal() && until.getAsBoolean()) {
        break;
      }
      if (stop.await(TICK)) {
        throw stopped();
      }
      line.show(state());
    }
    line.settle(state());
  }

  private CancellationException stopped() {
    line.say("demo: stopping");
    return new CancellationException();
  }

  private String state() {
    StringBuilder text = new StringBuilder(String.format("  journal %3d", accepted()));
    for (DeliveryLoop loop : bridge.loops()) {
      SinkTotals totals = loop.totals();
      String waiting = totals.pending() == 0 ? "" : ", " + totals.pending() + " wait";
      text.append(String.format("  %s %3d%-10s", loop.sinkId(), totals.delivered(), waiting));
    }
    return text.toString().stripTrailing();
  }

  private boolean isInJournal() {
    return accepted() > day.replayed(); // the agent's start is an event too
  }

  private long accepted() {
    return bridge.loops().get(0).totals().accepted();
  }

  /** For all sinks. */
  private long pending() {
    return bridge.loops().stream().mapToLong(loop -> loop.totals().pending()).sum();
  }

  private long pending(Receiver receiver) {
    return bridge.loops().stream()
        .filter(loop -> loop.sinkId().equals(receiver.id()))
        .mapToLong(loop -> loop.totals().pending())
        .sum();
  }
}
