package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;
import java.util.List;

/**
 * What a step did.
 *
 * @param after the state that is true once the events are durable; else the one before stays
 * @param events to write, in this order: what must have happened before the report, the report
 *     itself unless it was dropped, and what follows from it
 * @param correlated how many reports were the second report of a happening and are not written
 * @param ignored how many reports are not written because their session cannot exist
 * @param flooded how many reports are not written because their session floods; a {@code gap} of
 *     reason {@code flood} will count them
 */
public record TrackerStep(
    HostSessions after, List<Observation> events, int correlated, int ignored, int flooded) {

  public TrackerStep {
    events = List.copyOf(events);
  }
}
