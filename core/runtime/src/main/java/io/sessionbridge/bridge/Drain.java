package io.sessionbridge.bridge;

import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks whether everything has arrived. */
final class Drain {

  private final Map<String, Source> sources;
  private final List<DeliveryLoop> loops;
  private boolean hopeless;

  Drain(Map<String, Source> sources, List<DeliveryLoop> loops) {
    this.sources = sources;
    this.loops = loops;
  }

  /** True if a source has failed for good, so that waiting is of no use. */
  boolean isHopeless() {
    return hopeless;
  }

  Drained look() {
    List<String> problems = new ArrayList<>();
    sources.forEach(
        (id, source) ->
            source.finished().ifPresent(stage -> look(id, stage.toCompletableFuture(), problems)));
    if (problems.isEmpty()) {
      loops.forEach(loop -> look(loop, problems));
    }
    return new Drained(problems);
  }

  private void look(String id, CompletableFuture<Void> finished, List<String> problems) {
    if (!finished.isDone()) {
      problems.add("source " + id + " has not come to its end");
      return;
    }
    try {
      finished.join();
    } catch (CompletionException e) {
      hopeless = true;
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problems.add("source " + id + " failed: " + cause.getMessage());
    }
  }

  private void look(DeliveryLoop loop, List<String> problems) {
    SinkTotals totals = loop.totals();
    if (totals.pending() > 0) {
      problems.add(
          "sink "
              + loop.sinkId()
              + " has "
              + totals.pending()
              + " events pending ("
              + loop.check()
              + ")");
      return;
    }
    if (loop.rejectedThisRun() > 0) {
      hopeless = true;
      problems.add("sink " + loop.sinkId() + " rejected " + loop.rejectedThisRun() + " events");
    }
    if (loop.lostThisRun() > 0) {
      hopeless = true;
      problems.add("sink " + loop.sinkId() + " lost " + loop.lostThisRun() + " events");
    }
  }
}
