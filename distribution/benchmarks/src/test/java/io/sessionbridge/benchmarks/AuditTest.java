package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditTest {

  private final Audit audit = new Audit();

  private void take(String key, int... numbers) {
    for (int number : numbers) {
      audit.take(key, number, 10);
    }
  }

  @Test
  void aSecondOccurrenceIsADuplicateAndNotOutOfOrder() {
    take("a", 0, 1, 2, 1, 2, 3);

    assertThat(audit.text(4))
        .isEqualTo("sent 4, found 4, lost 0, duplicates 2, out of order 0, keys 1, value bytes 10");
  }

  @Test
  void aFirstOccurrenceBehindALaterOneIsOutOfOrder() {
    take("a", 0, 3, 1, 2, 4);

    assertThat(audit.text(6))
        .isEqualTo("sent 6, found 5, lost 1, duplicates 0, out of order 2, keys 1, value bytes 10");
  }

  @Test
  void keysDoNotDisturbEachOther() {
    take("a", 1);
    take("b", 0, 1);

    assertThat(audit.text(3))
        .isEqualTo("sent 3, found 3, lost 0, duplicates 0, out of order 0, keys 2, value bytes 10");
  }
}
