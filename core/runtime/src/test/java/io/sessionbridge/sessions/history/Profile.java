package io.sessionbridge.sessions.history;

import java.util.List;
import java.util.Random;

/**
 * What kind of machine and agent a history is about. All of it comes from the seed.
 *
 * @param server whether users come by RDP, several at a time; else a workstation
 * @param sources the types of its sources, of {@code wts}, {@code scm}, {@code sens}
 * @param desktopReady whether Windows reports that a desktop is ready (24H2)
 * @param terminatesReported how many of a hundred ends of sessions Windows reports
 * @param logReadable whether the event log answers what the agent missed
 * @param scenes how many scenes its course has
 */
record Profile(
    boolean server,
    List<String> sources,
    boolean desktopReady,
    int terminatesReported,
    boolean logReadable,
    int scenes) {

  private static final List<List<String>> SOURCES =
      List.of(
          List.of("wts", "scm", "sens"),
          List.of("wts", "scm", "sens"),
          List.of("scm", "sens"),
          List.of("wts", "sens"),
          List.of("wts", "scm"),
          List.of("scm"),
          List.of("wts"));

  static Profile of(long seed) {
    Random random = new Random(seed ^ 0x5DEECE66DL);
    return new Profile(
        random.nextInt(3) == 0,
        SOURCES.get(random.nextInt(SOURCES.size())),
        random.nextInt(3) == 0,
        List.of(100, 60, 0).get(random.nextInt(3)),
        random.nextBoolean(),
        6 + random.nextInt(24));
  }

  boolean receives(String source) {
    return sources.contains(source);
  }
}
