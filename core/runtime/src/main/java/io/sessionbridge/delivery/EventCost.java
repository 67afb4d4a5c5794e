package io.sessionbridge.delivery;

import io.sessionbridge.spi.SinkMemory;

/**
 * The heap that one event takes on its way to a sink, from its reading to its settlement. Rather
 * too much than too little: what is measured stands in {@code core/README.md}.
 *
 * @param perEvent bytes, whatever its size
 * @param perByte for each byte of its record in the journal
 */
public record EventCost(long perEvent, double perByte) {

  /** The objects of a small event, the attributes that a format adds to it, its place in lists. */
  private static final int OBJECTS = 1024;

  /** The data as it stands in the journal, and the body made of it. */
  private static final double DATA_AND_BODY = 2.2;

  private static final int SMALL_STEP = 64;

  /** For a sink that holds so much itself. */
  public static EventCost of(SinkMemory sink) {
    return new EventCost(OBJECTS + sink.perEvent(), DATA_AND_BODY + sink.perByte());
  }

  /** The cost of an event, as far as it can be known before it is read. */
  long ofPayload(int bytes) {
    return perEvent + (long) (perByte * bytes);
  }

  /** The cost of a batch at most. */
  public long ofBatch(int events, long bytes) {
    return events * perEvent + (long) (perByte * bytes);
  }

  /** The cost of a step, the same whenever it is asked for. */
  long of(Step step) {
    if (step instanceof Step.Send send) {
      return ofPayload(send.event().event().json().length);
    }
    return step instanceof Step.Rejected rejected
        ? SMALL_STEP + OBJECTS + rejected.payload().length
        : SMALL_STEP;
  }
}
