package io.sessionbridge.journal.write;

import static io.sessionbridge.journal.TestingJournal.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.journal.TestingThreads;
import io.sessionbridge.journal.retention.Shortage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which items the journal's thread takes, and when. */
class WriteQueueTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final WriteQueue queue = new WriteQueue(Clock.system().signal(), 0, 4096);

  /** The work of the journal's thread between two forces. */
  private CompletableFuture<Void> gather(long atMost) {
    return TestingThreads.run(() -> queue.gather(atMost));
  }

  private Appended append(List<Entry> group) throws Exception {
    return queue.append(Reservation.none(group, Shortage.EVICT));
  }

  private static void ends(CompletableFuture<Void> done) throws Exception {
    done.get(20, TimeUnit.SECONDS);
  }

  @Test
  void gathersEmittersWhoseAppendsBecameDurable() throws Exception {
    append(group("a"));
    append(group("b"));
    List<Item> two = queue.take();
    append(group("c"));
    queue.written(two, 0);
    CompletableFuture<Void> gathered = gather(FOR_EVER);
    append(group("a again"));
    assertThat(gathered).as("b has not come back").isNotDone();
    append(group("b again"));
    ends(gathered);
    assertThat(queue.take()).hasSize(3);
  }

  @Test
  void gathersOncePerForceAndNoLongerThanAllowed() throws Exception {
    ends(gather(FOR_EVER));
    append(group("a"));
    List<Item> one = queue.take();
    queue.written(one, 0);
    ends(gather(0));
    ends(gather(FOR_EVER));
    queue.written(one, 0);
    ends(gather(1));
  }

  @Test
  void doesNotGatherOnClose() throws Exception {
    append(group("a"));
    queue.written(queue.take(), 0);
    CompletableFuture<Void> gathered = gather(FOR_EVER);
    queue.close();
    ends(gathered);
  }

  @Test
  void reclaimsOnlyTheLastSequences() throws Exception {
    Appended first = append(group("a", "b"));
    Appended second = append(group("c"));
    assertThat(queue.reclaim(PendingHole.unused(first, 7))).isFalse();
    assertThat(queue.reclaim(PendingHole.unused(second, 7))).isTrue();
    assertThat(queue.reclaim(PendingHole.unused(first, 7))).isTrue();
    assertThat(append(group("d")).first()).isEqualTo(1);
  }
}
