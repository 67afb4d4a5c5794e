package io.sessionbridge.benchmarks;

import java.util.Locale;

/**
 * The shape of one load on the journal.
 *
 * @param threads that append at the same time
 * @param group events in each append
 */
record Load(int threads, int group) {

  /** How many events one force has to carry at least if callers share it as well as possible. */
  int eventsPerForce() {
    return threads * group;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d thread%s, groups of %d", threads, threads == 1 ? "" : "s", group);
  }
}
