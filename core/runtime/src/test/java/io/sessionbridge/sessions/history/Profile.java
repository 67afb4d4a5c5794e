package io.sessionbridge.sessions.history;

import java.util.List;
import java.util.Random;

/**
 * What kind of machine and agent a history is about. All of it comes from the seed.
 *
 * @param server whether users come by RDP, several at a time; else a workstation
 * @param sources the types of the sources that hear it, of {@code wts}, {@code scm}, {@code sens}
 * @param desktopReady whether Windows tells that a desktop is ready (24H2)
 * @param terminatesTold of a hundred ends of sessions, how many Windows tells
 * @param logReadable whether the event log answers what the agent missed
 * @param scenes how many scenes its course has
 */
record Profile(
    boolean server,
    List<String> sources,
    boolean desktopReady,
    int terminatesTold,
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

  boolean hears(String source) {
    return sources.contains(source);
  }
}
