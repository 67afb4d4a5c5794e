package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {

  private final Series series = new Series();

  private void hear(long atMillis, long created, long records) {
    series.hear("broker " + new BrokerFigures(atMillis, 0, created, 0, 0, 0, records, 0, 0).text());
  }

  /** A busy machine tells late; what came in three seconds is no rate of one. */
  @Test
  void ratesAreByTheTimeThatPassed() {
    hear(10_000, 0, 0);
    series.begin();
    hear(13_000, 300, 600);
    hear(14_000, 350, 700);

    Series.Sums sums = series.end(14_500);

    assertThat(sums.highestConnects()).isEqualTo(100);
    assertThat(sums.highestRecords()).isEqualTo(200);
    assertThat(sums.total().created()).isEqualTo(350);
  }

  @Test
  void twoAtOnceAreNoRate() {
    hear(10_000, 0, 0);
    series.begin();
    hear(11_000, 10, 10);
    hear(11_001, 15, 15);
    hear(12_000, 20, 20);

    Series.Sums sums = series.end(12_000);

    assertThat(sums.highestConnects()).isEqualTo(10);
    assertThat(sums.total().created()).isEqualTo(20);
  }

  @Test
  void aNewBrokerCountsFromNothing() {
    hear(10_000, 100, 100);
    series.begin();
    hear(11_000, 110, 110);
    series.restarted();
    hear(60_000, 5, 5);

    Series.Sums sums = series.end(61_000);

    assertThat(sums.total().created()).isEqualTo(15);
    assertThat(sums.sinceRestart().created()).isEqualTo(5);
    assertThat(sums.highestConnects()).isEqualTo(10);
    assertThat(sums.isComplete()).isTrue();
  }

  @Test
  void figuresThatEndEarlyAreNotComplete() {
    hear(10_000, 1, 1);

    assertThat(series.end(15_000).isComplete()).isTrue();
    assertThat(series.end(15_001).isComplete()).isFalse();
  }

  @Test
  void aBrokerThatCountsNoRecordsIsNotBelieved() {
    hear(10_000, 1, 0);

    assertThat(series.end(10_000).isComplete()).isFalse();
  }
}
