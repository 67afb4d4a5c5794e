package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * The end of a boot of a host.
 *
 * @param at when it ended: as reported, or the last known moment
 * @param known the last known moment
 * @param evidence what shows the end
 * @param sleep its sleep time
 */
public record RunEnd(Moment at, Moment known, String evidence, SleepClock sleep) {

  /** The turn that ends the states of that boot. */
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
