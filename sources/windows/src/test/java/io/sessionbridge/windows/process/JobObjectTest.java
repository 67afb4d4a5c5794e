package io.sessionbridge.windows.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The images of {@code winnt.h}, of 64 bits. */
class JobObjectTest {

  @Test
  void endsWithItsHandle() {
    try (Memory limits = JobObject.limits(ProcessPriority.IDLE, OptionalLong.empty())) {
      assertThat(limits.size()).isEqualTo(144);
      assertThat(limits.getInt(16)).isEqualTo(0x2420);
      assertThat(limits.getInt(56)).isEqualTo(0x40);
      assertThat(limits.getLong(120)).isZero();
    }
  }

  @Test
  void limitsTheMemoryOfAllTogether() {
    try (Memory limits = JobObject.limits(ProcessPriority.NORMAL, OptionalLong.of(5L << 30))) {
      assertThat(limits.getInt(16)).isEqualTo(0x2620);
      assertThat(limits.getLong(120)).isEqualTo(5L << 30);
    }
  }

  @Test
  void believesNoCountThatIsLargerThanTheRoom() {
    try (Memory list = new Memory(24)) {
      list.setInt(0, 9);
      list.setInt(4, 9);
      list.setLong(8, 100);
      list.setLong(16, 0xFFFF_FFFEL);
      assertThat(JobObject.pids(list, 2)).containsExactly(100, -2);
    }
  }
}
