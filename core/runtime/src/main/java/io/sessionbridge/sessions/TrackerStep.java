package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;
import java.util.List;

/**
 * The result of a step.
 *
 * @param after the state to adopt once the events are durable
 * @param events to write, in this order: what must have happened before the report, the report
 *     itself unless it was dropped, and what follows from it
 * @param correlated how many reports repeated a reported event and are not written
 * @param ignored how many reports are not written because their session cannot exist
 * @param flooded how many reports are not written because of a flood in their session; a {@code
 *     gap} of reason {@code flood} will count them
 */
public record TrackerStep(
    HostSessions after, List<Observation> events, int correlated, int ignored, int flooded) {

  public TrackerStep {
    events = List.copyOf(events);
  }
}
