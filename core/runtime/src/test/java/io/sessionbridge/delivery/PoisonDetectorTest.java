package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.delivery.PoisonDetector.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoisonDetectorTest {

  private static final int ALL = Integer.MAX_VALUE;

  private final PoisonDetector detector = new PoisonDetector();

  private void fail(int times, int events) {
    for (int i = 0; i < times; i++) {
      detector.failed(events, 0);
    }
  }

  private void assertSends(Next next, int limit) {
    assertThat(detector.next()).isEqualTo(next);
    assertThat(detector.limit()).isEqualTo(limit);
  }

  @Test
  void sendsFullBatchesUntilOneFailsRepeatedly() {
    fail(PoisonDetector.FAILURES - 1, 100);
    assertSends(Next.BATCH, ALL);
    assertThat(detector.isSearching()).isFalse();
    fail(1, 100);
    assertSends(Next.BATCH, 1);
    assertThat(detector.isSearching()).isTrue();
  }

  @Test
  void progressIsNotAFailure() {
    for (int i = 0; i < 100; i++) {
      detector.failed(100, 1);
      assertSends(Next.BATCH, ALL);
    }
  }

  @Test
  void testsAnEventThatFailsAlone() {
    fail(PoisonDetector.FAILURES, 100);
    fail(1, 1);
    assertSends(Next.TEST, 1);
  }

  @Test
  void testsASingleEventAtOnce() {
    fail(PoisonDetector.FAILURES, 1);
    assertSends(Next.TEST, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2,0",
    "2,1",
    "100,0",
    "100,1",
    "100,50",
    "100,99",
    "5000,0",
    "5000,2500",
    "5000,4999"
  })
  void findsTheEventInTheBatch(int events, int poison) {
    fail(PoisonDetector.FAILURES, events);
    int position = 0;
    int attempts = 0;
    while (detector.next() == Next.BATCH) {
      attempts++;
      int sent = Math.min(detector.limit(), events - position);
      if (position + sent <= poison) {
        detector.settled(sent);
        position += sent;
      } else {
        detector.failed(sent, 0);
      }
    }
    assertThat(position).isEqualTo(poison);
    assertThat(attempts).isLessThanOrEqualTo(15);
  }

  @Test
  void returnsToFullBatchesIfNothingIsFound() {
    fail(PoisonDetector.FAILURES, 100);
    detector.settled(1);
    assertSends(Next.BATCH, 49);
    detector.settled(49);
    assertSends(Next.BATCH, 25);
    detector.settled(25);
    detector.settled(12);
    detector.settled(13);
    assertSends(Next.BATCH, ALL);
    assertThat(detector.isSearching()).isFalse();
  }

  @Test
  void eightFailedTestsAreProof() {
    fail(PoisonDetector.FAILURES, 1);
    for (int i = 1; i < PoisonDetector.STRIKES; i++) {
      assertThat(detector.strike()).isFalse();
      assertSends(Next.TEST, 1);
    }
    assertThat(detector.strike()).isTrue();
    detector.settled(1);
    assertSends(Next.BATCH, ALL);
  }

  @Test
  void aFailedControlRestartsTheCount() {
    fail(PoisonDetector.FAILURES, 1);
    for (int round = 0; round < 10; round++) {
      for (int i = 1; i < PoisonDetector.STRIKES; i++) {
        assertThat(detector.strike()).isFalse();
      }
      detector.controlFailed();
      assertSends(Next.BATCH, 1);
      fail(1, 1);
      assertSends(Next.TEST, 1);
    }
  }

  @Test
  void anAcceptedSuspectEndsTheSearch() {
    fail(PoisonDetector.FAILURES, 10);
    fail(1, 1);
    assertThat(detector.strike()).isFalse();
    detector.settled(1);
    assertSends(Next.BATCH, ALL);
  }

  @Test
  void anUnavailablePeerEndsTheSearch() {
    fail(PoisonDetector.FAILURES, 10);
    fail(1, 1);
    detector.unavailable();
    assertSends(Next.BATCH, ALL);
    fail(PoisonDetector.FAILURES - 1, 10);
    assertSends(Next.BATCH, ALL);
  }
}
