package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * How a run of a host ended.
 *
 * @param at when: as it was told, or the last moment that was heard
 * @param known the last moment that was heard
 * @param evidence what tells
 * @param sleep how long it had slept
 */
public record RunEnd(Moment at, Moment known, String evidence, SleepClock sleep) {

  /** The end of what went on until then. */
  public Turn turn() {
    return at.uptimeMillis().isPresent()
        ? Turn.at(at)
        : new Turn(
            at.time(), Turn.UNKNOWN, known.uptimeMillis().orElse(Turn.UNKNOWN), Turn.UNKNOWN);
  }

  public void encode(StateWriter out) {
    out.moment(at);
    out.moment(known);
    out.text(evidence);
    sleep.encode(out);
  }

  public static RunEnd decode(StateReader in) throws StateFormatException {
    return new RunEnd(in.moment(), in.moment(), in.text(), SleepClock.decode(in));
  }
}
