package io.sessionbridge.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A bounded queue that counts items that did not fit, in the place they would have had.
 *
 * @param <E> the items
 */
final class HandOffQueue<E> {

  /**
   * @param items in order
   * @param lostAfter how many were lost directly after the last of them
   */
  record Taken<E>(List<E> items, long lostAfter) {
    boolean isEmpty() {
      return items.isEmpty() && lostAfter == 0;
    }
  }

  /**
   * What was left in the queue.
   *
   * @param lost how many were lost between the items, or after them
   */
  record Rest(long items, long lost) {}

  /** An item, or the number of items lost between two others. */
  private sealed interface Slot<E> {}

  private record Item<E>(E value) implements Slot<E> {}

  private record Lost<E>(long count) implements Slot<E> {}

  private final Deque<Slot<E>> slots = new ArrayDeque<>();
  private final int capacity;

  HandOffQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Adds the item, or counts it as lost in its place and returns false. */
  synchronized boolean offer(E item) {
    if (slots.size() < capacity) {
      slots.addLast(new Item<>(item));
      return true;
    }
    long before = slots.peekLast() instanceof Lost<E> lost ? lost.count() : 0;
    if (before > 0) {
      slots.removeLast();
    }
    slots.addLast(new Lost<>(before + 1));
    return false;
  }

  /** Takes the next items, up to the first place where some were lost. */
  synchronized Taken<E> take(int most) {
    List<E> items = new ArrayList<>(Math.min(most, slots.size()));
    while (items.size() < most && slots.peekFirst() instanceof Item<E> item) {
      items.add(item.value());
      slots.removeFirst();
    }
    long lostAfter = 0;
    if (items.size() < most && slots.peekFirst() instanceof Lost<E> lost) {
      lostAfter = lost.count();
      slots.removeFirst();
    }
    return new Taken<>(items, lostAfter);
  }

  /** Empties the queue. */
  synchronized Rest takeRest() {
    long items = 0;
    long lost = 0;
    for (Slot<E> slot : slots) {
      if (slot instanceof Lost<E> some) {
        lost += some.count();
      } else {
        items++;
      }
    }
    slots.clear();
    return new Rest(items, lost);
  }
}
