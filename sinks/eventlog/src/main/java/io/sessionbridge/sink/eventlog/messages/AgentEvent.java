package io.sessionbridge.sink.eventlog.messages;

/** The agent's own entries, in addition to the events of the sink. */
public enum AgentEvent {
  /** The agent is running. */
  STARTED(901),
  /** The agent stopped on request. */
  STOPPED(902),
  /** An error in the agent's log. */
  ERROR(903),
  /** The agent stopped because of an error, or could not start. */
  CANNOT_RUN(904),
  /** The class cache could not be made for the service. */
  NO_CLASS_CACHE(905);

  private final int id;

  AgentEvent(int id) {
    this.id = id;
  }

  /** The event id of its entries. */
  public int id() {
    return id;
  }
}
