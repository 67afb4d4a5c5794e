package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * Counts a session's events by the minute. Immutable.
 *
 * @param from when the running minute began
 * @param written events of it
 * @param folded how many more there were, which are not written
 */
public record FloodWindow(Moment from, int written, long folded) {

  /** Nobody locks and unlocks ten times a second. */
  static final int MOST = 600;

  public static final long MINUTE_MILLIS = 60_000;

  public static FloodWindow startedAt(Moment moment) {
    return new FloodWindow(moment, 0, 0);
  }

  public boolean isOver(Moment now) {
    return Math.abs(now.millisSince(from)) >= MINUTE_MILLIS;
  }

  public boolean isFull() {
    return written >= MOST;
  }

  public FloodWindow withWritten() {
    return new FloodWindow(from, written + 1, folded);
  }

  public FloodWindow withFolded() {
    return new FloodWindow(from, written, folded + 1);
  }

  public void encode(StateWriter out) {
    out.moment(from);
    out.number(written);
    out.number(folded);
  }

  public static FloodWindow decode(StateReader in) throws StateFormatException {
    return new FloodWindow(in.moment(), (int) in.number(), in.number());
  }
}
