package io.sessionbridge.delivery;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the control for a test of a suspected event: one of the same host (so that it takes the
 * same way, for instance to the same partition) that the sink accepted before. It arrives once
 * more, which keeps the order of first occurrences. Only where the journal holds no earlier event
 * is it a later one. Not safe for use by several threads.
 */
final class Controls {

  private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
  private static final int MOST = 8;
  private static final int LOOK_BACK = 512;

  /** With fewer failures of the suspect, the order of events is worth more than a control. */
  private static final int MANY = 20;

  /** Events that are held at a time while it is looked for one. */
  private static final int AT_ONCE = 32;

  private static final long BYTES_AT_ONCE = 256 << 10;

  /** Of the controls that are kept; the last event that was accepted is not counted. */
  private static final long MOST_BYTES = 256 << 10;

  /** Reads what stands behind a sequence. */
  interface History {
    StepReader after(long sequence);
  }

  private final History history;
  private Step.@Nullable Send accepted;
  private long suspect;
  private List<Step.Send> controls = List.of();
  private int turn;

  Controls(History history) {
    this.history = history;
  }

  /** The sink accepted the event. */
  void accepted(Step.Send send) {
    accepted = send.gap() ? accepted : send;
  }

  /** The present control is no good; the next one gets its turn. */
  void failed() {
    turn++;
  }

  /**
   * The control for a test.
   *
   * @param failures of the suspect without any progress
   * @param later events that stand behind the suspect
   */
  Optional<Step.Send> of(Step.Send tested, int failures, List<Step.Send> later) {
    if (tested.upTo() != suspect) {
      suspect = tested.upTo();
      turn = 0;
      controls = earlier(tested);
    }
    List<Step.Send> usable = new ArrayList<>(controls);
    if (failures >= MANY) {
      usable.addAll(alike(later, tested));
    }
    return usable.isEmpty()
        ? Optional.empty()
        : Optional.of(usable.get(Math.floorMod(turn, usable.size())));
  }

  private List<Step.Send> earlier(Step.Send tested) {
    List<Step.Send> found = new ArrayList<>();
    Step.Send last = accepted;
    if (last != null) {
      found.addAll(alike(List.of(last), tested));
    }
    Deque<Step.Send> newest = new ArrayDeque<>();
    try (StepReader reader = history.after(Math.max(0, tested.upTo() - LOOK_BACK))) {
      while (keepNewest(reader.read(AT_ONCE, BYTES_AT_ONCE), tested, newest)) {
        trim(newest, MOST - found.size());
      }
    } catch (IOException e) {
      LOG.debug("no control from the journal", e);
    }
    trim(newest, MOST - found.size());
    found.addAll(newest);
    return found;
  }

  /** Adds those before the tested one, the newest first; false at their end. */
  private static boolean keepNewest(List<Step> steps, Step.Send tested, Deque<Step.Send> newest) {
    for (Step step : steps) {
      if (step.upTo() >= tested.upTo()) {
        return false;
      }
      if (step instanceof Step.Send send) {
        alike(List.of(send), tested).forEach(newest::addFirst);
      }
    }
    return !steps.isEmpty();
  }

  private static void trim(Deque<Step.Send> newest, int most) {
    long bytes = newest.stream().mapToLong(one -> one.event().event().json().length).sum();
    while (newest.size() > most || newest.size() > 1 && bytes > MOST_BYTES) {
      bytes -= newest.removeLast().event().event().json().length;
    }
  }

  private static List<Step.Send> alike(List<Step.Send> some, Step.Send tested) {
    String key = tested.event().event().partitionKey();
    return some.stream()
        .filter(one -> !one.gap() && one.event().event().partitionKey().equals(key))
        .limit(MOST)
        .toList();
  }
}
