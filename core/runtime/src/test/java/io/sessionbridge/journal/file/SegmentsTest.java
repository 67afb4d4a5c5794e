package io.sessionbridge.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  private static Segment segment(long first, long bytes) {
    return new Segment(Path.of("s" + first), SegmentHeader.of(1, first, 0), bytes);
  }

  @Test
  void aTruncatedSegmentCountsOnce() {
    Segments segments = new Segments();
    segments.add(segment(1, 100));
    segments.add(segment(11, 50));
    segments.add(segment(11, 30));
    segments.remove(segment(11, 50)); // no longer present
    assertThat(segments.bytes()).isEqualTo(130);
    segments.remove(segment(11, 30));
    assertThat(segments.bytes()).isEqualTo(100);
  }

  /** Like a full journal: the oldest segment is removed, then a new one is added. */
  @Test
  void neverCountsASegmentAndItsReplacement() throws Exception {
    Segments segments = new Segments();
    for (int i = 0; i < 16; i++) {
      segments.add(segment(i, 1));
    }
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (long i = 0; i < 200_000; i++) {
                segments.remove(segment(i, 1));
                segments.add(segment(i + 16, 1));
              }
              ended.set(true);
            });
    writer.start();
    long most = 0;
    while (!ended.get()) {
      most = Math.max(most, segments.bytes());
    }
    writer.join();
    assertThat(most).isLessThanOrEqualTo(16);
    assertThat(segments.bytes()).isEqualTo(16);
  }
}
