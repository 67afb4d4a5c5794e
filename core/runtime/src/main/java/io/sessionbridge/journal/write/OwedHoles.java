package io.sessionbridge.journal.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What is still to be stated: losses and unused sequences, in order. One thread. */
final class OwedHoles {

  /** So many losses are told apart while nothing can be written; later ones share a reason. */
  private static final int MOST = 500;

  private final List<PendingHole> holes = new ArrayList<>();

  boolean isEmpty() {
    return holes.isEmpty();
  }

  /** The first sequence that is owed, or the given one if nothing is. */
  long firstOr(long other) {
    return holes.isEmpty() ? other : holes.get(0).first();
  }

  /** Bytes that they take in a segment. */
  long bytes() {
    return (long) holes.size() * SegmentWriter.HOLE_BYTES;
  }

  /** True if something is lost, and not only sequences unused. */
  boolean hasLoss() {
    return !holes.stream().allMatch(PendingHole::isUnused);
  }

  /** Adds what comes behind all others. */
  void add(PendingHole hole) {
    int newest = holes.size() - 1;
    PendingHole before = newest < 0 ? null : holes.get(newest);
    if (before != null && (before.continuesWith(hole) || holes.size() >= MOST)) {
      holes.set(newest, before.with(hole));
      return;
    }
    holes.add(hole);
  }

  /** Adds what did not get through, each in its place. */
  void addBack(List<Item> refused) {
    List<PendingHole> all = new ArrayList<>(holes);
    refused.forEach(item -> all.add(item.asHole()));
    all.sort(Comparator.comparingLong(PendingHole::first));
    holes.clear();
    all.forEach(this::add);
  }

  /** Takes the first, which is about to be written. */
  PendingHole take() {
    return holes.remove(0);
  }

  /** Forgets the newest if it is unused and the condition takes it back. */
  void forgetUnused(Predicate<PendingHole> takesBack) {
    int newest = holes.size() - 1;
    if (newest >= 0 && holes.get(newest).isUnused() && takesBack.test(holes.get(newest))) {
      holes.remove(newest);
    }
  }
}
