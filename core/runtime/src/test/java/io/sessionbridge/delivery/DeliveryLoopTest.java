package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DeliveryLoopTest extends TestingLoop {

  @Test
  void deliversInOrderAndTheTotalsBalance() throws Exception {
    start(settings(Selection.ALL));
    append(1, 100);
    awaitPassed(100);
    assertThat(sink.users()).isEqualTo(users(1, 100));
    assertThat(loop.totals()).isEqualTo(new SinkTotals(100, 100, 0, 0, 0, 0));
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  @Test
  void retriesTheRestAfterAFailure() throws Exception {
    sink.onDeliver(batch -> DeliveryResult.failed(batch.size() / 2, List.of(), "half is enough"));
    sink.onDeliver(batch -> DeliveryResult.failed(0, List.of(), "not now"));
    append(1, 10);
    start(settings(Selection.ALL));
    awaitPassed(10);
    assertThat(sink.users()).isEqualTo(users(1, 10));
    assertThat(sink.connects).isEqualTo(3);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(10, 10, 0, 0, 0, 0));
  }

  /** Like a receiver that refuses one message; the sink must distinguish that from refusing all. */
  @Test
  void retriesASingleUnsettledEventWithItsNeighbour() throws Exception {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> triedAlone = new CompletableFuture<>();
    CompletableFuture<Boolean> neighboursCame = new CompletableFuture<>();
    sink.onDeliver(
        batch -> {
          sizes.add(batch.size());
          triedAlone.complete(true);
          neighboursCame.join();
          return DeliveryResult.failed(0, List.of(), "not alone");
        });
    for (int i = 0; i < 2; i++) {
      sink.onDeliver(
          batch -> {
            sizes.add(batch.size());
            return DeliveryResult.delivered(batch.size());
          });
    }
    start(new SinkSettings(Selection.ALL, Start.OLDEST, 1, 1 << 10, Optional.empty()));
    append(1, 1);
    triedAlone.join();
    append(2, 3);
    neighboursCame.complete(true);
    awaitPassed(3);
    assertThat(sizes).containsExactly(1, 2, 1);
    assertThat(sink.users()).isEqualTo(users(1, 3));
  }

  @Test
  void retriesTheConnectForever() throws Exception {
    sink.refusals = 5;
    append(1, 3);
    start(settings(Selection.ALL));
    awaitPassed(3);
    assertThat(sink.connects).isEqualTo(6);
    assertThat(sink.users()).isEqualTo(users(1, 3));
  }

  @Test
  void reportsWhyItDoesNotConnect() throws Exception {
    sink.refusals = Integer.MAX_VALUE;
    start(settings(Selection.ALL));
    await(() -> sink.connects > 1);
    assertThat(loop.check()).isEqualTo(Health.degraded("server k1:1 does not answer"));
  }

  @Test
  void knowsTheBacklogOfASinkThatNeverConnected() throws Exception {
    sink.refusals = Integer.MAX_VALUE;
    append(Kind.LOCK, 1, 250);
    append(251, 252);
    start(settings(TestingSelection.of("kinds: [logon]")));
    await(() -> loop.totals().pending() == 2);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(252, 0, 250, 0, 0, 2));
    await(() -> loop.waitingSince().isPresent());
    assertThat(loop.waitingSince()).hasValue(Instant.EPOCH);
    assertThat(loop.backlogBytes()).isEqualTo(journal.status().bytes());
    assertThat(loop.failures()).isPositive();
  }

  @Test
  void hasNoBacklogAfterDelivery() throws Exception {
    sink.refusals = 3;
    append(1, 5);
    start(settings(Selection.ALL));
    awaitPassed(5);
    await(() -> loop.waitingSince().isEmpty());
    assertThat(loop.backlogBytes()).isZero();
    assertThat(loop.failures()).isZero();
    assertThat(loop.untilNextAttempt()).isEqualTo(Duration.ZERO);
  }

  @Test
  void continuesAfterItsCursor() throws Exception {
    append(1, 5);
    start(settings(Selection.ALL));
    awaitPassed(5);
    loop.close();
    append(6, 8);
    start(settings(Selection.ALL));
    awaitPassed(8);
    assertThat(sink.users()).isEqualTo(users(1, 8));
  }

  @Test
  void finishesTheBacklogOnStop() throws Exception {
    start(settings(Selection.ALL));
    append(1, 50);
    loop.stop();
    loop.awaitEnd(Duration.ofSeconds(20));
    assertThat(sink.users()).isEqualTo(users(1, 50));
    assertThat(sink.closed).isTrue();
  }
}
