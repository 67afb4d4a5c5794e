package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private final Series series = new Series();

  private void accept(long atMillis, long created, long records) {
    series.accept(
        "broker " + new BrokerFigures(atMillis, 0, created, 0, 0, 0, records, 0, 0).text());
  }

  /** A busy machine reports late: what came in three seconds is no rate of one. */
  @Test
  void ratesAreByTheTimeThatPassed() {
    accept(10_000, 0, 0);
    series.begin();
    accept(13_000, 300, 600);
    accept(14_000, 350, 700);

    Series.Sums sums = series.end(14_500);

    assertThat(sums.highestConnects()).isEqualTo(100);
    assertThat(sums.highestRecords()).isEqualTo(200);
    assertThat(sums.total().created()).isEqualTo(350);
  }

  @Test
  void twoAtOnceAreNoRate() {
    accept(10_000, 0, 0);
    series.begin();
    accept(11_000, 10, 10);
    accept(11_001, 15, 15);
    accept(12_000, 20, 20);

    Series.Sums sums = series.end(12_000);

    assertThat(sums.highestConnects()).isEqualTo(10);
    assertThat(sums.total().created()).isEqualTo(20);
  }

  @Test
  void aNewBrokerCountsFromNothing() {
    accept(10_000, 100, 100);
    series.begin();
    accept(11_000, 110, 110);
    series.restarted();
    accept(60_000, 5, 5);

    Series.Sums sums = series.end(61_000);

    assertThat(sums.total().created()).isEqualTo(15);
    assertThat(sums.sinceRestart().created()).isEqualTo(5);
    assertThat(sums.highestConnects()).isEqualTo(10);
    assertThat(sums.isComplete()).isTrue();
  }

  /** The brokers count at moments of their own. */
  @Test
  void figuresOfSeveralBrokersAreAddedByTheSecond() {
    accept(10_500, 0, 0);
    series.begin();
    accept(11_500, 100, 10);
    Series other = new Series();
    other.accept("broker " + new BrokerFigures(10_000, 3, 0, 0, 0, 0, 0, 0, 0).text());
    other.begin();
    other.accept("broker " + new BrokerFigures(12_000, 4, 200, 0, 0, 0, 20, 0, 0).text());

    Series.Sums sums = Series.merge(List.of(series.end(12_000), other.end(12_000)));

    assertThat(sums.total().created()).isEqualTo(300);
    assertThat(sums.total().connections()).isEqualTo(4);
    assertThat(sums.connectsBySecond()).containsExactly(entry(0L, 150L), entry(1L, 150L));
    assertThat(sums.highestConnects()).isEqualTo(150);
    assertThat(sums.isComplete()).isTrue();
  }

  @Test
  void figuresThatEndEarlyAreNotComplete() {
    accept(10_000, 1, 1);

    assertThat(series.end(15_000).isComplete()).isTrue();
    assertThat(series.end(15_001).isComplete()).isFalse();
  }

  @Test
  void aBrokerThatCountsNoRecordsIsNotBelieved() {
    accept(10_000, 1, 0);

    assertThat(series.end(10_000).isComplete()).isFalse();
  }
}
