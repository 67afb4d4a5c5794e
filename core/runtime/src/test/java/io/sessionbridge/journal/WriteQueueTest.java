package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for whom between the appenders and the journal's thread. */
class WriteQueueTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final WriteQueue queue = new WriteQueue(Clock.system().signal(), 0);

  /** What the journal's thread does between two forces. */
  private CompletableFuture<Void> gather(long atMost) {
    return inThread(() -> queue.gather(atMost));
  }

  private CompletableFuture<Void> await(Appended appended) {
    return inThread(() -> queue.await(appended));
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static CompletableFuture<Void> inThread(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (IOException | InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static void ends(CompletableFuture<Void> done) throws Exception {
    done.get(20, TimeUnit.SECONDS);
  }

  @Test
  void gathersThoseWhoseAppendsHaveBecomeDurable() throws Exception {
    queue.append(group("a"), true);
    queue.append(group("b"), true);
    queue.take();
    queue.append(group("c"), true);
    queue.durable(2, 2);
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
    queue.take();
    queue.durable(1, 1);
    ends(gather(0));
    ends(gather(FOR_EVER));
    queue.durable(1, 1);
    ends(gather(1));
  }

  @Test
  void gathersNobodyWhenItCloses() throws Exception {
    queue.durable(0, 1);
    CompletableFuture<Void> gathered = gather(FOR_EVER);
    queue.close();
    ends(gathered);
  }

  @Test
  void wakesWhoseAppendIsDecidedAndNobodyElse() throws Exception {
    Appended first = queue.append(group("a"), true);
    Appended second = queue.append(group("b"), true);
    Appended third = queue.appendHole(2, "test", 7);
    CompletableFuture<Void> one = await(first);
    CompletableFuture<Void> two = await(second);
    CompletableFuture<Void> three = await(third);
    queue.durable(1, 1);
    ends(one);
    assertThat(two).isNotDone();
    WriteQueue.Group refused = (WriteQueue.Group) queue.take().get(1);
    queue.failed(List.of(refused), new IOException("the disk is full"));
    assertThatThrownBy(() -> ends(two))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("the disk is full");
    assertThat(three).isNotDone();
    queue.durable(4, 0);
    ends(three);
    queue.await(third);
    assertThatThrownBy(() -> queue.await(second)).hasMessage("the disk is full");
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
