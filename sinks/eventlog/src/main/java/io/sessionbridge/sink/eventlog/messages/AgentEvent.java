package io.sessionbridge.sink.eventlog.messages;

/** What the agent writes of itself, besides the events of the sink. */
public enum AgentEvent {
  /** It runs. */
  STARTED(901),
  /** It stopped as it was told to. */
  STOPPED(902),
  /** What its log has as an error. */
  ERROR(903),
  /** It stopped because of an error, or could not start. */
  CANNOT_RUN(904);

  private final int id;

  AgentEvent(int id) {
    this.id = id;
  }

  /** The number of its entries. */
  public int id() {
    return id;
  }
}
