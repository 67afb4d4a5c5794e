package io.sessionbridge.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that a loop holds in memory, in order, from reading until they are settled. Accounts
 * for them in the loop's share of the batch budget. One thread.
 */
final class InFlight implements AutoCloseable {

  private final StepReader reader;
  private final BatchBudget.Share share;
  private final Deque<Step> steps = new ArrayDeque<>();

  /** Starts empty; closes the reader and the share. */
  InFlight(StepReader reader, BatchBudget.Share share) {
    this.reader = reader;
    this.share = share;
  }

  /**
   * Reads the next steps: as many as the limits and the share allow, but at least one if there is
   * any.
   *
   * @param maxBytes of records
   */
  void readMore(int maxRecords, long maxBytes) throws IOException {
    EventCost cost = share.cost();
    long taken = share.take(Math.max(0, cost.ofBatch(maxRecords, maxBytes) - share.held()));
    long used = 0;
    try {
      for (Step step : reader.read(maxRecords, maxBytes, cost, taken)) {
        steps.addLast(step);
        used += cost.of(step);
      }
    } finally {
      share.correct(taken, used);
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The first events: as many as the limits allow, but at least one if there is any. */
  List<Step.Send> front(int maxEvents, long maxBytes) {
    List<Step.Send> front = new ArrayList<>(Math.min(maxEvents, steps.size()));
    long bytes = 0;
    for (Step step : steps) {
      if (step instanceof Step.Send send) {
        bytes += send.event().body().length;
        if (front.size() == maxEvents || !front.isEmpty() && bytes > maxBytes) {
          break;
        }
        front.add(send);
      }
    }
    return front;
  }

  /** The steps up to that many events, and the steps right after them that are not sent. */
  List<Step> upTo(int events) {
    List<Step> front = new ArrayList<>();
    int left = events;
    for (Step step : steps) {
      if (step instanceof Step.Send && left-- == 0) {
        break;
      }
      front.add(step);
    }
    return front;
  }

  /** Removes steps from the front and releases their memory. */
  void remove(int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += share.cost().of(steps.removeFirst());
    }
    share.release(bytes);
  }

  /** When the first event was recorded; null if there is none. */
  @Nullable Instant recordedTime() {
    for (Step step : steps) {
      if (step instanceof Step.Send send) {
        return send.event().event().recordedTime();
      }
    }
    return null;
  }

  /** Drops all steps and closes the share. */
  @Override
  public void close() throws IOException {
    steps.clear();
    share.close();
    reader.close();
  }
}
