package io.sessionbridge.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of flags for the agent's Java, which {@code cold} measures.
 *
 * @param flags the whole list
 * @param archived whether the classes come from an archive that a run before has written
 */
record ColdCase(String name, List<String> flags, boolean archived) {

  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  /** The archive at the address it was written for: its pages stay those of the file. */
  private static final List<String> IN_PLACE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

  /** What the start script adds if there is a class cache. */
  static final List<String> WITH_CACHE = List.of("-Xms8m", "-XX:NewSize=4m");

  /** And with Java 25. */
  static final List<String> WITH_CACHE_25 =
      List.of("-XX:-AOTReplayTraining", "-XX:TrimNativeHeapInterval=30000");

  private static final String PROFILES = "-XX:+AOTReplayTraining";

  private static final int FIRST_WITH_PROFILES = 25;

  /** The shipped flags, and sets that differ from them in one or a few flags. */
  static List<ColdCase> around(List<String> shipped) {
    return List.of(
        new ColdCase("shipped", shipped, false),
        of("c1", shipped, false, ONE_COMPILER),
        of("c1-heap-48", shipped, false, ONE_COMPILER, "-Xmx48m"),
        of("c1-young-3", shipped, false, ONE_COMPILER, "-Xms8m", "-XX:NewSize=3m", "-Xmn3m"),
        of("young-24", shipped, false, "-Xms40m", "-XX:NewSize=24m"),
        of(
            "late-c2",
            shipped,
            false,
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=20000",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=400000"),
        of("archive", shipped, true),
        of("archive-c1", shipped, true, ONE_COMPILER),
        of("archive-in-place", inPlace(shipped), true),
        of("archive-in-place-c1", inPlace(shipped), true, ONE_COMPILER),
        new ColdCase("cache", cached(shipped), true),
        of("cache-profiles", cached(shipped), true, PROFILES),
        of("cache-young-6", cached(shipped), true, "-Xms12m", "-XX:NewSize=6m"),
        of("cache-young-12", cached(shipped), true, "-Xms20m", "-XX:NewSize=12m"),
        of("cache-two-compilers", cached(shipped), true, PROFILES, "-XX:TieredStopAtLevel=4"));
  }

  /** As the start script has it with a class cache. */
  private static List<String> cached(List<String> shipped) {
    List<String> all = inPlace(shipped);
    all.addAll(WITH_CACHE);
    if (Runtime.version().feature() >= FIRST_WITH_PROFILES) {
      all.addAll(WITH_CACHE_25);
    }
    return all;
  }

  private static List<String> inPlace(List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(IN_PLACE);
    return all;
  }

  /** Of two flags that contradict each other Java takes the last. */
  private static ColdCase of(String name, List<String> flags, boolean archived, String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new ColdCase(name, List.copyOf(all), archived);
  }
}
