package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.delivery.BatchBudget.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBudgetTest {

  private static final EventCost COST = new EventCost(1, 1);

  private final BatchBudget budget = new BatchBudget(1_000);

  @Test
  void grantsTheGuaranteeAndHalfOfTheFreeBytes() {
    Share first = budget.share(200, COST);
    Share second = budget.share(200, COST);
    assertThat(first.take(1_000)).isEqualTo(200 + 300);
    assertThat(second.take(1_000)).isEqualTo(200 + 150);
    assertThat(first.take(10)).isEqualTo(10);
    assertThat(budget.held()).isEqualTo(860);
  }

  @Test
  void grantsNoMoreThanWanted() {
    Share share = budget.share(200, COST);
    assertThat(share.take(70)).isEqualTo(70);
    assertThat(share.take(700)).isEqualTo(130 + 400);
    assertThat(share.held()).isEqualTo(600);
  }

  @Test
  void anOutageOfOneSinkKeepsTheGuaranteeOfAnother() {
    Share away = budget.share(300, COST);
    Share other = budget.share(300, COST);
    away.take(Long.MAX_VALUE / 8);
    away.take(Long.MAX_VALUE / 8);
    for (int i = 0; i < 100; i++) {
      long taken = other.take(300);
      assertThat(taken).isEqualTo(300);
      other.release(taken);
    }
  }

  @Test
  void aSingleEventMayExceedTheBudgetButNotAGuarantee() {
    Share large = budget.share(500, COST);
    Share small = budget.share(500, COST);
    large.correct(large.take(400), 5_000);
    assertThat(large.held()).isEqualTo(5_000);
    assertThat(large.take(1)).isZero();
    assertThat(small.take(900)).isEqualTo(500);
    large.release(5_000);
    assertThat(large.take(900)).isEqualTo(500);
  }

  @Test
  void aClosedShareReleasesEverything() {
    Share closed = budget.share(900, COST);
    closed.take(700);
    closed.close();
    closed.close();
    Share other = budget.share(0, COST);
    assertThat(other.take(1_000)).as("half of the budget").isEqualTo(500);
    assertThat(budget.held()).isEqualTo(500);
  }

  /** Any order of takes, corrections, releases and closes by any number of sinks. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void holdsItsPromisesInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Share> shares = new ArrayList<>();
    int sinks = 1 + random.nextInt(8);
    long guaranteed = random.nextInt(1_000 / sinks + 1);
    for (int i = 0; i < sinks; i++) {
      shares.add(budget.share(guaranteed, COST));
    }
    for (int i = 0; i < 2_000; i++) {
      Share share = shares.get(random.nextInt(shares.size()));
      long before = share.held();
      if (random.nextInt(3) > 0) {
        long wanted = random.nextInt(1_500);
        long taken = share.take(wanted);
        assertThat(taken).isBetween(Math.min(wanted, Math.max(0, guaranteed - before)), wanted);
        share.correct(taken, taken - random.nextLong(taken + 1));
      } else {
        share.release(random.nextLong(before + 1));
      }
      assertThat(budget.held())
          .isEqualTo(shares.stream().mapToLong(Share::held).sum())
          .isLessThanOrEqualTo(1_000);
      if (random.nextInt(500) == 0) {
        share.close();
        shares.set(shares.indexOf(share), budget.share(guaranteed, COST));
      }
    }
    shares.forEach(Share::close);
    assertThat(budget.held()).isZero();
    assertThat(budget.share(0, COST).take(1_000)).as("half of the budget").isEqualTo(500);
  }
}
