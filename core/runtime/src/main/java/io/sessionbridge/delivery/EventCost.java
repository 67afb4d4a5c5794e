package io.sessionbridge.delivery;

import io.sessionbridge.spi.SinkMemory;

/**
 * The heap that one event uses from reading to settlement. Estimated high rather than low; {@code
 * core/README.md} has the measurements.
 *
 * @param perEvent bytes, independent of its size
 * @param perByte bytes for each byte of its record in the journal
 */
public record EventCost(long perEvent, double perByte) {

  /** Objects of a small event, attributes that a format adds, and list entries. */
  private static final int OBJECTS = 1024;

  /** The data as in the journal and the body encoded from it. */
  private static final double DATA_AND_BODY = 2.2;

  private static final int SMALL_STEP = 64;

  /** The cost for a sink with the given memory use of its own. */
  public static EventCost of(SinkMemory sink) {
    return new EventCost(OBJECTS + sink.perEvent(), DATA_AND_BODY + sink.perByte());
  }

  /** The cost of an event, estimated before it is read. */
  long ofPayload(int bytes) {
    return perEvent + (long) (perByte * bytes);
  }

  /** The highest possible cost of a batch. */
  public long ofBatch(int events, long bytes) {
    return events * perEvent + (long) (perByte * bytes);
  }

  /** The cost of a step; constant for a given step. */
  long of(Step step) {
    if (step instanceof Step.Send send) {
      return ofPayload(send.event().event().json().length);
    }
    return step instanceof Step.Rejected rejected
        ? SMALL_STEP + OBJECTS + rejected.payload().length
        : SMALL_STEP;
  }
}
