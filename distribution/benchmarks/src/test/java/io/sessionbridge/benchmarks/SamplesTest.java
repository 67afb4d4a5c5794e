package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void tellsMedianAndSpreadAndEach() {
    assertThat(samples(3, 1, 2).text("%.1f")).isEqualTo("2.0 (1.0 to 3.0; each 3.0 1.0 2.0)");
    assertThat(samples(4, 1).text("%.1f")).isEqualTo("2.5 (1.0 to 4.0; each 4.0 1.0)");
  }

  @Test
  void dividesWhatBelongsTogetherBeforeTheMedianIsTaken() {
    assertThat(samples(10, 30, 80).dividedBy(samples(10, 10, 20)).values())
        .containsExactly(1.0, 3.0, 4.0);
  }

  @Test
  void percentileIsTheNearestRank() {
    Samples samples = samples(4, 1, 3, 2);
    assertThat(samples.percentile(50)).isEqualTo(2);
    assertThat(samples.percentile(99.9)).isEqualTo(4);
    assertThat(samples.percentile(0)).isEqualTo(1);
  }

  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }
}
