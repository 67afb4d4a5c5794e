package io.sessionbridge.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;

/**
 * The memory of this JVM, under the names that the Prometheus JVM library uses. The beans are
 * looked up on the first scrape, so an agent that is not scraped does not pay for them.
 */
public final class JvmMemory implements Collector {

  @Override
  public void collect(Samples out) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    area("heap", memory.getHeapMemoryUsage(), out);
    area("nonheap", memory.getNonHeapMemoryUsage(), out);
  }

  private static void area(String name, MemoryUsage usage, Samples out) {
    Label area = new Label("area", name);
    out.gauge("jvm_memory_used_bytes", "Memory in use.", area, usage.getUsed());
    out.gauge(
        "jvm_memory_committed_bytes",
        "Memory that the JVM has allocated from the system.",
        area,
        usage.getCommitted());
    out.gauge(
        "jvm_memory_max_bytes", "Memory limit of the JVM; -1 for no limit.", area, usage.getMax());
  }
}
