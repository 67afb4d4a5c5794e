package io.sessionbridge.ingest;

import io.sessionbridge.sessions.TrackerStep;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What is not written of the reports of each source, since the start. Any thread. */
public final class SourceCounts {

  /**
   * Reports that are not written.
   *
   * @param correlated another source had told the same
   * @param impossible no session can have the number
   * @param flooded the session told too much; a {@code gap} counts them
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

  /** By source id; none of a source of which all was written. */
  public SortedMap<String, Dropped> bySource() {
    return new TreeMap<>(bySource);
  }
}
