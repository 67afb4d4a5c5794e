package io.sessionbridge.sessions;

/**
 * Predicts the ids of the events that a step returns. An event carries the id of its session's
 * first event, which may be the event itself.
 */
@FunctionalInterface
public interface EventIds {

  /**
   * The future id of an event.
   *
   * @param index of the event in {@link TrackerStep#events()}, from 0; not called for events that
   *     already have an id
   */
  String id(int index);

  /** The ids for a step whose events follow the given number of events in the same write. */
  default EventIds after(int events) {
    return index -> id(index + events);
  }
}
