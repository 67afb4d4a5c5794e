package io.sessionbridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What it took to carry some events.
 *
 * @param events carried
 * @param seconds by the clock
 * @param cpuSeconds of the whole process, in all its threads, garbage collection included
 */
record Work(long events, double seconds, double cpuSeconds) {

  /** Between two moments of this process. */
  static final class Watch {
    private final long began = System.nanoTime();
    private final long cpuBegan = cpuNanos();

    Work stop(long events) {
      return new Work(events, (System.nanoTime() - began) / 1e9, (cpuNanos() - cpuBegan) / 1e9);
    }

    private static long cpuNanos() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }

  double eventsPerSecond() {
    return events / seconds;
  }

  double cpuMicrosPerEvent() {
    return cpuSeconds * 1e6 / events;
  }

  /** For the line that one process sends another. */
  String toLine() {
    return String.format(Locale.ROOT, "%d %.6f %.6f", events, seconds, cpuSeconds);
  }

  static Work ofLine(String line) {
    String[] words = line.split(" ", -1);
    return new Work(
        Long.parseLong(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }
}
