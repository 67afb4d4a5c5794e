package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the journal's thread takes, and when. */
class WriteQueueTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final WriteQueue queue = new WriteQueue(Clock.system().signal(), 0);

  /** What the journal's thread does between two forces. */
  private CompletableFuture<Void> gather(long atMost) {
    return TestingThreads.run(() -> queue.gather(atMost));
  }

  private static void ends(CompletableFuture<Void> done) throws Exception {
    done.get(20, TimeUnit.SECONDS);
  }

  @Test
  void gathersThoseWhoseAppendsHaveBecomeDurable() throws Exception {
    queue.append(group("a"), true);
    queue.append(group("b"), true);
    List<Item> two = queue.take();
    queue.append(group("c"), true);
    queue.written(two);
    CompletableFuture<Void> gathered = gather(FOR_EVER);
    queue.append(group("a again"), true);
    assertThat(gathered).as("b has not come back").isNotDone();
    queue.append(group("b again"), true);
    ends(gathered);
    assertThat(queue.take()).hasSize(3);
  }

  @Test
  void gathersOnceForEachForceAndNoLongerThanItMay() throws Exception {
    ends(gather(FOR_EVER));
    queue.append(group("a"), true);
    List<Item> one = queue.take();
    queue.written(one);
    ends(gather(0));
    ends(gather(FOR_EVER));
    queue.written(one);
    ends(gather(1));
  }

  @Test
  void gathersNobodyWhenItCloses() throws Exception {
    queue.append(group("a"), true);
    queue.written(queue.take());
    CompletableFuture<Void> gathered = gather(FOR_EVER);
    queue.close();
    ends(gathered);
  }

  @Test
  void takesSequencesBackThatAreTheLast() throws Exception {
    Appended first = queue.append(group("a", "b"), true);
    Appended second = queue.append(group("c"), true);
    assertThat(queue.takeBack(PendingHole.unused(first, 7))).isFalse();
    assertThat(queue.takeBack(PendingHole.unused(second, 7))).isTrue();
    assertThat(queue.takeBack(PendingHole.unused(first, 7))).isTrue();
    assertThat(queue.append(group("d"), true).first()).isEqualTo(1);
  }
}
