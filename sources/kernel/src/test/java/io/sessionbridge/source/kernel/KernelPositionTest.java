package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventRecord;
import io.sessionbridge.windows.driver.DriverPosition;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelPositionTest {

  private final SessionSides sides = new SessionSides();
  private final KernelPosition position =
      new KernelPosition(new DriverPosition(134_089_000_000_000_001L, 45), sides);

  @Test
  void survivesEncoding() {
    sides.connected(3, true);
    sides.connected(0xFFFFFFFEL, false);
    KernelPosition read = KernelPosition.decode(position.encode()).orElseThrow();
    assertThat(read.read()).isEqualTo(position.read());
    assertThat(read.sides().of(3)).contains(true);
    assertThat(read.sides().of(0xFFFFFFFEL)).contains(false);
    assertThat(read.sides().of(4)).isEmpty();
  }

  @Test
  void fitsInTheJournal() {
    for (long session = 0; session < 1000; session++) {
      sides.connected(session, true);
    }
    assertThat(position.encode()).hasSizeLessThanOrEqualTo(EventRecord.MAX_POSITION);
    assertThat(sides.of(799)).isEmpty();
    assertThat(sides.of(800)).contains(true);
  }

  @Test
  void rejectsUnknownBytes() {
    byte[] bytes = position.encode();
    assertThat(KernelPosition.decode(bytes)).isPresent();
    assertThat(KernelPosition.decode(new byte[0])).isEmpty();
    assertThat(KernelPosition.decode(Arrays.copyOf(bytes, 16))).isEmpty();
    assertThat(KernelPosition.decode(Arrays.copyOf(bytes, 18))).isEmpty();
    assertThat(KernelPosition.decode(new byte[17])).isEmpty();
    bytes[0] = 2;
    assertThat(KernelPosition.decode(bytes)).isEmpty();
  }
}
