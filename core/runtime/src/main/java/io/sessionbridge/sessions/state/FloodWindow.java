package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * Counts a session's events in the current minute. Immutable.
 *
 * @param from when the minute began
 * @param written events written in it
 * @param folded further events, which were not written
 */
public record FloodWindow(Moment from, int written, long folded) {

  /** The most events per minute; no user locks and unlocks ten times a second. */
  static final int MAX_WRITTEN = 600;

  public static final long MINUTE_MILLIS = 60_000;

  public static FloodWindow startedAt(Moment moment) {
    return new FloodWindow(moment, 0, 0);
  }

  public boolean isOver(Moment now) {
    return Math.abs(now.millisSince(from)) >= MINUTE_MILLIS;
  }

  public boolean isFull() {
    return written >= MAX_WRITTEN;
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
