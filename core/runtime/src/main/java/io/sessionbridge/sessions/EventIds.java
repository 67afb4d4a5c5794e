package io.sessionbridge.sessions;

/**
 * Foretells the ids of the events that a step returns, because an event carries the id of its
 * session's first event, which may be itself.
 */
@FunctionalInterface
public interface EventIds {

  /**
   * The id that an event will have.
   *
   * @param index of the event in {@link TrackerStep#events()}, from 0; not asked for events that
   *     have an identity of their own
   */
  String id(int index);

  /** The ids of a step whose events follow so many others in one write. */
  default EventIds after(int events) {
    return index -> id(index + events);
  }
}
