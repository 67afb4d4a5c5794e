package io.sessionbridge.ingest;

import io.sessionbridge.sessions.TrackerStep;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts the reports of each source that were not written, since the start. Thread-safe. */
public final class SourceCounts {

  /**
   * Counts of reports that were not written.
   *
   * @param correlated another source already reported the same
   * @param impossible with an impossible session number
   * @param flooded above the session's rate limit; a {@code gap} counts them
   */
  public record Dropped(long correlated, long impossible, long flooded) {

    public static final Dropped NONE = new Dropped(0, 0, 0);

    Dropped plus(TrackerStep step) {
      if (step.correlated() == 0 && step.ignored() == 0 && step.flooded() == 0) {
        return this;
      }
      return new Dropped(
          correlated + step.correlated(), impossible + step.ignored(), flooded + step.flooded());
    }

    private Dropped plus(Dropped more) {
      return new Dropped(
          correlated + more.correlated, impossible + more.impossible, flooded + more.flooded);
    }
  }

  private final ConcurrentMap<String, Dropped> bySource = new ConcurrentHashMap<>();

  void add(String sourceId, Dropped dropped) {
    if (!dropped.equals(Dropped.NONE)) {
      bySource.merge(sourceId, dropped, Dropped::plus);
    }
  }

  /** By source id; without sources whose reports were all written. */
  public SortedMap<String, Dropped> bySource() {
    return new TreeMap<>(bySource);
  }
}
