package io.sessionbridge.bridge;

import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.SinkTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Checks whether all sources have finished and all events are settled. */
final class Drain {

  private final List<SourceSlot> sources;
  private final List<DeliveryLoop> loops;
  private boolean canChange;

  Drain(List<SourceSlot> sources, List<DeliveryLoop> loops) {
    this.sources = sources;
    this.loops = loops;
  }

  /**
   * True if further waiting cannot change the last result: everything has arrived, or what is
   * missing will never arrive.
   */
  boolean isSettled() {
    return !canChange;
  }

  Drained look() {
    canChange = false;
    List<String> problems = new ArrayList<>();
    sources.forEach(source -> look(source, problems));
    boolean sourcesUnfinished = canChange;
    loops.forEach(loop -> look(loop, sourcesUnfinished, problems));
    return new Drained(problems);
  }

  private void look(SourceSlot source, List<String> problems) {
    Optional<String> failure = source.failure();
    if (failure.isPresent()) {
      problems.add("source " + source.id() + " cannot start: " + failure.get());
      return;
    }
    source
        .finished()
        .map(CompletionStage::toCompletableFuture)
        .ifPresent(stage -> look(source.id(), stage, problems));
  }

  private void look(String id, CompletableFuture<Void> finished, List<String> problems) {
    if (!finished.isDone()) {
      canChange = true;
      problems.add("source " + id + " has not finished");
      return;
    }
    try {
      finished.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problems.add("source " + id + " failed: " + cause.getMessage());
    }
  }

  /** While a source has not finished, pending events are not a problem of the sink. */
  private void look(DeliveryLoop loop, boolean sourcesUnfinished, List<String> problems) {
    SinkTotals totals = loop.totals();
    if (totals.pending() > 0) {
      canChange = true;
      if (!sourcesUnfinished) {
        problems.add(
            "sink "
                + loop.sinkId()
                + " has "
                + totals.pending()
                + " events pending ("
                + loop.check()
                + ")");
      }
      return;
    }
    if (loop.hasPendingGap()) {
      canChange = true;
      problems.add("sink " + loop.sinkId() + " has a gap pending (" + loop.check() + ")");
      return;
    }
    if (loop.rejectedThisRun() > 0) {
      problems.add("sink " + loop.sinkId() + " rejected " + loop.rejectedThisRun() + " events");
    }
    if (loop.lostThisRun() > 0) {
      problems.add("sink " + loop.sinkId() + " lost " + loop.lostThisRun() + " events");
    }
  }
}
