package io.sessionbridge.journal.write;

import static io.sessionbridge.journal.TestingJournal.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.TestingThreads;
import io.sessionbridge.journal.retention.Shortage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which waiting callers are woken, and with which outcome. */
class OutcomesTest {

  private final Outcomes outcomes = new Outcomes(0);
  private final Appended first = new Appended(1, 2);
  private final Appended second = new Appended(3, 3);

  private CompletableFuture<Void> await(Appended appended) {
    return TestingThreads.run(() -> outcomes.await(appended));
  }

  private static void ends(CompletableFuture<Void> done) throws Exception {
    done.get(20, TimeUnit.SECONDS);
  }

  private static void fails(CompletableFuture<Void> done, String cause) {
    assertThatThrownBy(() -> ends(done))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage(cause);
  }

  @Test
  void wakesOnlyCallersWhoseAppendIsDurable() throws Exception {
    CompletableFuture<Void> one = await(first);
    CompletableFuture<Void> two = await(second);
    outcomes.durable(1);
    assertThat(outcomes.isDecided(first)).as("half a group").isFalse();
    outcomes.durable(2);
    ends(one);
    assertThat(two).isNotDone();
    assertThat(outcomes.durableSequence()).isEqualTo(2);
    outcomes.durable(3);
    ends(two);
    outcomes.await(second);
  }

  @Test
  void aFailedGroupStaysFailedWhenItsSequencesAreReused() throws Exception {
    CompletableFuture<Void> one = await(first);
    CompletableFuture<Void> two = await(second);
    Group refused = new Group(first, group("a", "b"), 128, Shortage.EVICT);
    outcomes.failed(List.of(refused), new IOException("the disk is full"));
    fails(one, "the disk is full");
    assertThat(two).isNotDone();
    outcomes.durable(2);
    assertThatThrownBy(() -> outcomes.await(first)).hasMessage("the disk is full");
    assertThatThrownBy(() -> outcomes.isDecided(first)).hasMessage("the disk is full");
    assertThat(outcomes.isDecided(new Appended(1, 2))).isTrue();
  }

  @Test
  void theEndFailsAllAppendsThatAreNotDurable() throws Exception {
    CompletableFuture<Void> two = await(second);
    outcomes.durable(2);
    outcomes.ended(new IOException("a defect"));
    fails(two, "a defect");
    outcomes.await(first);
    assertThatThrownBy(() -> outcomes.await(new Appended(4, 4))).hasMessage("a defect");
  }
}
