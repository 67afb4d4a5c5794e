package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;

/** The old generation of the heap, where objects go that are too large for the young one. */
public final class OldGeneration {

  /** More than any sink needs for an answer, and less than the smallest harmful length. */
  private static final long MOST_BYTES = 64L << 20;

  private final List<MemoryPoolMXBean> pools =
      new ArrayList<>(ManagementFactory.getMemoryPoolMXBeans());
  private final long before;

  /** Starts measuring. */
  public OldGeneration() {
    pools.removeIf(pool -> !pool.getName().matches(".*(Old|Tenured).*"));
    assertThat(pools).isNotEmpty();
    this.before = pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Fails if more than 64 MiB were added since. */
  public void assertLittleAllocated(String what) {
    long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    assertThat(peak - before).as("%s: allocated bytes", what).isLessThan(MOST_BYTES);
  }
}
