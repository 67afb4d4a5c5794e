package io.sessionbridge.analytics;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Prints what each question costs. A program, not a test: {@code FleetBenchmark FILES HOSTS END},
 * after {@link FleetDays} wrote the files. The first line is the loading, which every report pays.
 */
final class FleetBenchmark {

  private FleetBenchmark() {}

  public static void main(String[] args) throws Exception {
    long wall = System.nanoTime();
    long cpu = cpu();
    try (Lake lake =
        Lake.load(
            Duck.open("1200MB", 2),
            EventFiles.relation(List.of(args[0])),
            new Period(0, Period.micros(Instant.parse(args[2])), TestingLake.ZONE),
            Limits.DEFAULT,
            TestingLake.hosts(Files.createTempDirectory("benchmark"), Integer.parseInt(args[1])),
            TestingLake.HOURS)) {
      tell("loading", null, wall, cpu);
      for (Question question : Question.values()) {
        wall = System.nanoTime();
        cpu = cpu();
        Answer answer = lake.ask(question);
        tell(question.id(), answer, wall, cpu);
      }
    }
  }

  private static void tell(String what, @Nullable Answer answer, long wall, long cpu)
      throws Exception {
    System.out.printf(
        "%-20s %6.1f s  %6.1f s CPU  %6d rows  %s%n",
        what,
        (System.nanoTime() - wall) / 1e9,
        (cpu() - cpu) / 1e9,
        answer == null ? 0 : answer.rows().size(),
        resident());
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The most that it ever had in memory, on Linux. */
  private static String resident() throws Exception {
    Predicate<String> peak = line -> line.startsWith("VmHWM:");
    Optional<String> line =
        Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
            .filter(peak)
            .findFirst();
    return line.map(text -> text.replaceAll("\\s+", " ")).orElse("");
  }
}
