package io.sessionbridge.benchmarks;

import java.util.List;

/**
 * Flags to start Java with, and a name for them.
 *
 * @param flags the whole list, the shipped ones not added
 * @param environment variables to set, each {@code NAME=VALUE}
 * @param archived whether classes come from an archive that a run before has dumped
 */
record FlagSet(String name, List<String> flags, List<String> environment, boolean archived) {

  /** Those that are not in question: they are for safety and for the locale. */
  private static final String ALWAYS =
      "-XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Dfile.encoding=UTF-8 ";

  /** What is in question, around what is shipped now: each differs in one thing. */
  static List<FlagSet> around(List<String> shipped) {
    List<String> oneArena = List.of("MALLOC_ARENA_MAX=1");
    String small = "-Xmx96m -XX:+UseSerialGC ";
    return List.of(
        new FlagSet("shipped", shipped, List.of(), false),
        new FlagSet("no flags", List.of("-Dfile.encoding=UTF-8"), List.of(), false),
        of("96m", small),
        of("64m", "-Xmx64m -XX:+UseSerialGC"),
        of("128m", "-Xmx128m -XX:+UseSerialGC"),
        of("parallel", "-Xmx96m -XX:+UseParallelGC"),
        of("g1", "-Xmx96m -XX:+UseG1GC"),
        of("c1 only", small + "-XX:TieredStopAtLevel=1"),
        of("xss 256k", small + "-Xss256k"),
        of("metaspace", small + "-XX:MaxMetaspaceSize=48m"),
        of("code 24m", small + "-XX:ReservedCodeCacheSize=24m"),
        of("xms 8m", small + "-Xms8m"),
        of("xms 16m", small + "-Xms16m"),
        of("xms 8m, shrinking", small + "-Xms8m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"),
        of("xms 8m, c1 only", small + "-Xms8m -XX:TieredStopAtLevel=1"),
        of("young 16m", small + "-Xmn16m"),
        of("shrinking", small + "-XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"),
        new FlagSet("one arena", split(ALWAYS + small), oneArena, false),
        new FlagSet("archive", split(ALWAYS + small), List.of(), true));
  }

  private static FlagSet of(String name, String flags) {
    return new FlagSet(name, split(ALWAYS + flags), List.of(), false);
  }

  private static List<String> split(String flags) {
    return List.of(flags.strip().split(" +", -1));
  }
}
