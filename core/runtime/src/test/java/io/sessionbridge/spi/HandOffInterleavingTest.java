package io.sessionbridge.spi;

import io.sessionbridge.journal.Interleavings;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Two callbacks and the thread that hands over at the queue of a hand-off, in all the ways their
 * steps can come between each other: what each one gets is what some order of whole calls would
 * have given, and each item is taken, or counted as lost in its place, once.
 */
public class HandOffInterleavingTest {

  private static final String HANDS_OVER = "hands over";
  private static final int CAPACITY = 2;

  private final HandOffQueue<Integer> queue = new HandOffQueue<>(CAPACITY);

  @Operation
  public boolean offer(int item) {
    return queue.offer(item);
  }

  @Operation(nonParallelGroup = HANDS_OVER)
  public String take() {
    return queue.take(CAPACITY).toString();
  }

  @Operation(nonParallelGroup = HANDS_OVER)
  public String takeRest() {
    return queue.takeRest().toString();
  }

  @Test
  void isAsIfOneCallCameAfterTheOther() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(2)
        .iterations(Interleavings.SCENARIOS)
        .invocationsPerIteration(Interleavings.IN_EACH)
        .check(HandOffInterleavingTest.class);
  }
}
