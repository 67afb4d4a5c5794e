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
 * Finds the control event for a test of a suspect: an event of the same host (so that it takes the
 * same path, for instance to the same partition) that the sink has accepted before. Delivering it
 * again does not change the order of first occurrences. A later event is used only if the journal
 * has no earlier one. Not thread-safe.
 */
final class Controls {

  private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
  private static final int MAX_CONTROLS = 8;
  private static final int LOOK_BACK = 512;

  /** With fewer failures of the suspect, keeping the order matters more than having a control. */
  private static final int MANY_FAILURES = 20;

  /** Events held in memory at a time during the search. */
  private static final int READ_EVENTS = 32;

  private static final long READ_BYTES = 256 << 10;

  /** Limit for the kept controls, not counting the last accepted event. */
  private static final long MAX_BYTES = 256 << 10;

  /** Creates readers of the journal. */
  interface History {
    /** Reads the records after a sequence. */
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

  /** Records that the sink accepted the event. */
  void accepted(Step.Send send) {
    accepted = send.gap() ? accepted : send;
  }

  /** Records that the current control failed; the next test uses another one. */
  void failed() {
    turn++;
  }

  /**
   * The control for a test.
   *
   * @param failures of the suspect without progress
   * @param later events after the suspect
   */
  Optional<Step.Send> of(Step.Send tested, int failures, List<Step.Send> later) {
    if (tested.upTo() != suspect) {
      suspect = tested.upTo();
      turn = 0;
      controls = earlier(tested);
    }
    List<Step.Send> usable = new ArrayList<>(controls);
    if (failures >= MANY_FAILURES) {
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
      while (keepNewest(reader.read(READ_EVENTS, READ_BYTES), tested, newest)) {
        trim(newest, MAX_CONTROLS - found.size());
      }
    } catch (IOException e) {
      LOG.debug("the journal cannot be searched for a control event", e);
    }
    trim(newest, MAX_CONTROLS - found.size());
    found.addAll(newest);
    return found;
  }

  /** Adds the events before the tested one, newest first; returns false at the end. */
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
    while (newest.size() > most || newest.size() > 1 && bytes > MAX_BYTES) {
      bytes -= newest.removeLast().event().event().json().length;
    }
  }

  private static List<Step.Send> alike(List<Step.Send> some, Step.Send tested) {
    String key = tested.event().event().partitionKey();
    return some.stream()
        .filter(one -> !one.gap() && one.event().event().partitionKey().equals(key))
        .limit(MAX_CONTROLS)
        .toList();
  }
}
