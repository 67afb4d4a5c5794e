package io.sessionbridge.ingest;

import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.sessions.TrackerStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the observations of one source's call to the tracker. One thread. */
final class ReportWrite implements OrderedWrites.Change {

  private final String sourceId;
  private final String sourceType;
  private final List<Observation> enriched;
  private final byte @Nullable [] position;
  private SourceCounts.Dropped dropped = SourceCounts.Dropped.NONE;

  ReportWrite(String sourceId, String sourceType, List<Observation> enriched) {
    this.sourceId = sourceId;
    this.sourceType = sourceType;
    this.enriched = enriched;
    this.position = lastPosition(enriched);
  }

  private static byte @Nullable [] lastPosition(List<Observation> seen) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      byte[] position = seen.get(i).position();
      if (position != null) {
        return position;
      }
    }
    return null;
  }

  @Override
  public void applyTo(Write write) {
    dropped = SourceCounts.Dropped.NONE;
    for (Observation observation : enriched) {
      TrackerStep step = write.apply(new Report(sourceId, sourceType, observation));
      dropped = dropped.plus(step);
    }
  }

  /** The source's position after all its observations, written or not. */
  byte @Nullable [] position() {
    return position;
  }

  /** The observations that were not written. */
  SourceCounts.Dropped dropped() {
    return dropped;
  }

  /**
   * Puts the last position on one of the events. The observation that carried it may be dropped,
   * which must not affect the source's position. The events are appended all or none.
   */
  List<Observation> withPosition(List<Observation> events) {
    byte[] last = position;
    if (last == null
        || events.isEmpty()
        || events.stream().anyMatch(event -> event.position() == last)) {
      return events;
    }
    List<Observation> result = new ArrayList<>(events);
    int end = result.size() - 1;
    result.set(end, result.get(end).withPosition(last));
    return result;
  }
}
