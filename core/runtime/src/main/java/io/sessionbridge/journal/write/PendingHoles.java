package io.sessionbridge.journal.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Holes still to be written: losses and unused sequences, in order. One thread. */
final class PendingHoles {

  /** The most holes kept separate while nothing can be written; later ones are merged. */
  private static final int MAX_HOLES = 500;

  private final List<PendingHole> holes = new ArrayList<>();

  boolean isEmpty() {
    return holes.isEmpty();
  }

  /** The first sequence of the holes; the given one if there are none. */
  long firstOr(long other) {
    return holes.isEmpty() ? other : holes.get(0).first();
  }

  /** The bytes that the holes need in a segment. */
  long bytes() {
    return (long) holes.size() * SegmentWriter.HOLE_BYTES;
  }

  /** True if any hole is a loss, not only unused sequences. */
  boolean hasLoss() {
    return !holes.stream().allMatch(PendingHole::isUnused);
  }

  /** Adds a hole after all others. */
  void add(PendingHole hole) {
    int newest = holes.size() - 1;
    PendingHole before = newest < 0 ? null : holes.get(newest);
    if (before != null && (before.continuesWith(hole) || holes.size() >= MAX_HOLES)) {
      holes.set(newest, before.with(hole));
      return;
    }
    holes.add(hole);
  }

  /** Adds holes for failed items, each at its place. */
  void addBack(List<Item> failedItems) {
    List<PendingHole> all = new ArrayList<>(holes);
    failedItems.forEach(item -> all.add(item.asHole()));
    all.sort(Comparator.comparingLong(PendingHole::first));
    holes.clear();
    all.forEach(this::add);
  }

  /** Removes and returns the first hole, which is written next. */
  PendingHole take() {
    return holes.remove(0);
  }

  /** Drops the newest hole if it is unused and its sequences can be reclaimed. */
  void dropUnused(Predicate<PendingHole> reclaims) {
    int newest = holes.size() - 1;
    if (newest >= 0 && holes.get(newest).isUnused() && reclaims.test(holes.get(newest))) {
      holes.remove(newest);
    }
  }
}
