package io.sessionbridge.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of flags for the agent's Java, which {@code cold} measures.
 *
 * @param flags the whole list
 * @param environment variables to set, each {@code NAME=VALUE}
 * @param archived whether the classes come from an archive that a run before has written
 */
record ColdCase(String name, List<String> flags, List<String> environment, boolean archived) {

  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  /** The archive at the address it was written for: its pages stay those of the file. */
  private static final List<String> IN_PLACE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

  private static final String PROFILES = "-XX:+AOTReplayTraining";

  /**
   * The shipped flags, and sets that differ from them in one or a few flags.
   *
   * @param shipped the flags of the start script without a class cache
   * @param cached how the script starts Java with one
   */
  static List<ColdCase> around(List<String> shipped, CacheStart cached) {
    return List.of(
        of("shipped", shipped, false),
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
        of("cache", cached),
        of("cache-profiles", cached, PROFILES),
        of("cache-young-6", cached, "-Xms12m", "-XX:NewSize=6m"),
        of("cache-young-12", cached, "-Xms20m", "-XX:NewSize=12m"),
        of("cache-compile-16", cached, compileAt(16)),
        of("cache-compile-32", cached, compileAt(32)),
        of("cache-compile-64", cached, compileAt(64)),
        of("cache-two-compilers", cached, PROFILES, "-XX:TieredStopAtLevel=4"));
  }

  /**
   * Compiles a method after that many calls instead of 200.
   *
   * @param calls a power of two: the interpreter counts a method's calls, and asks only at each
   *     multiple of 2^Tier0InvokeNotifyFreqLog (128 by default) whether to compile it
   */
  private static String[] compileAt(int calls) {
    return new String[] {
      "-XX:Tier0InvokeNotifyFreqLog=" + Integer.numberOfTrailingZeros(calls),
      "-XX:Tier3InvocationThreshold=" + calls
    };
  }

  private static List<String> inPlace(List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(IN_PLACE);
    return all;
  }

  /** Of two flags that contradict each other Java takes the last. */
  private static ColdCase of(String name, List<String> flags, boolean archived, String... more) {
    return new ColdCase(name, with(flags, more), List.of(), archived);
  }

  private static ColdCase of(String name, CacheStart cached, String... more) {
    return new ColdCase(name, with(cached.flags(), more), cached.environment(), true);
  }

  private static List<String> with(List<String> flags, String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /** All that is set, for a title. */
  @Override
  public String toString() {
    return name + ": " + String.join(" ", with(environment, flags.toArray(String[]::new)));
  }
}
