package io.sessionbridge.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that a loop holds in memory, in order, until they are settled. */
final class InFlight {

  private final Deque<Step> steps = new ArrayDeque<>();

  void add(List<Step> more) {
    steps.addAll(more);
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The events at the front, as many as the bounds allow but at least one if there is any. */
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

  /** The steps up to that many events, and everything right behind that is no event. */
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

  /** Removes so many steps from the front. */
  void remove(int count) {
    for (int i = 0; i < count; i++) {
      steps.removeFirst();
    }
  }

  /** When the first event in it was recorded; null if there is none. */
  @Nullable Instant recordedTime() {
    for (Step step : steps) {
      if (step instanceof Step.Send send) {
        return send.event().event().recordedTime();
      }
    }
    return null;
  }
}
