package io.sessionbridge.sessions;

/**
 * How a run of a host ended.
 *
 * @param at when: as it was told, or the last moment that was heard
 * @param evidence what tells
 * @param sleep how long it had slept
 */
record RunEnd(Moment at, String evidence, SleepClock sleep) {

  void encode(StateWriter out) {
    out.moment(at);
    out.text(evidence);
    sleep.encode(out);
  }

  static RunEnd decode(StateReader in) throws StateFormatException {
    return new RunEnd(in.moment(), in.text(), SleepClock.decode(in));
  }
}
