package io.sessionbridge.delivery;

import java.io.IOException;
import java.util.ArrayList;
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

  private static final long LOOK_BACK_BYTES = 1L << 20;

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
    long first = Math.max(0, tested.upTo() - LOOK_BACK);
    List<Step.Send> held = new ArrayList<>();
    try (StepReader reader = history.after(first)) {
      for (Step step : reader.read(LOOK_BACK, LOOK_BACK_BYTES)) {
        if (step instanceof Step.Send send && send.upTo() < tested.upTo()) {
          held.add(0, send);
        }
      }
    } catch (IOException e) {
      LOG.debug("no control from the journal", e);
    }
    found.addAll(alike(held, tested));
    return found.subList(0, Math.min(MOST, found.size()));
  }

  private static List<Step.Send> alike(List<Step.Send> some, Step.Send tested) {
    String key = tested.event().event().partitionKey();
    return some.stream()
        .filter(one -> !one.gap() && one.event().event().partitionKey().equals(key))
        .limit(MOST)
        .toList();
  }
}
