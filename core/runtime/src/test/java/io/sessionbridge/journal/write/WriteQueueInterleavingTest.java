package io.sessionbridge.journal.write;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Interleavings;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.journal.retention.Shortage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Two threads use the queue, in all interleavings: the results match some sequential order of the
 * calls.
 */
public class WriteQueueInterleavingTest {

  private static final String JOURNAL = "journal";

  private final WriteQueue queue = new WriteQueue(new Silent(), 0, 1 << 20);

  private static final class Silent implements Clock.Signal {
    @Override
    public void raise() {}

    @Override
    public void await() {}

    @Override
    public boolean await(Duration timeout) {
      return false;
    }
  }

  @Operation
  public long append() throws Exception {
    List<Entry> group = List.of(new Entry(7, new byte[1]));
    return queue.append(Reservation.none(group, Shortage.EXCEED)).last();
  }

  @Operation
  public long appendHole() {
    return queue.appendHole(2, "test", 7).last();
  }

  @Operation
  public long lastSequence() {
    return queue.lastSequence();
  }

  @Operation
  public void close() {
    queue.close();
  }

  @Operation
  public boolean isDone() {
    return queue.isDone();
  }

  @Operation(nonParallelGroup = JOURNAL)
  public String take() {
    return queue.take().stream()
        .map(item -> item.getClass().getSimpleName() + " to " + item.last())
        .collect(Collectors.joining(", "));
  }

  @Operation(nonParallelGroup = JOURNAL)
  public boolean takeBackTheFirst() {
    return queue.reclaim(new PendingHole(1, 1, 0, "test", 7));
  }

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .iterations(Interleavings.SCENARIOS)
        .invocationsPerIteration(Interleavings.IN_EACH)
        .check(WriteQueueInterleavingTest.class);
  }
}
