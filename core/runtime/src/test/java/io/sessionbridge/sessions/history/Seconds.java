package io.sessionbridge.sessions.history;

/**
 * What a duration may be.
 *
 * @param least in milliseconds
 * @param most in milliseconds
 * @param required whether it is known, so that it must be there
 */
record Seconds(long least, long most, boolean required) {

  /** However it is rounded. */
  private static final long ROUNDING = 1_000;

  static Seconds exactly(long millis) {
    return new Seconds(millis, millis, true);
  }

  static Seconds between(long least, long most) {
    return new Seconds(least, most, false);
  }

  Seconds optional() {
    return new Seconds(least, most, false);
  }

  /** A total of nothing may be left out. */
  Seconds requiredUnlessZero() {
    return new Seconds(least, most, least == most && least > 0);
  }

  boolean allows(Long seconds) {
    if (seconds == null) {
      return !required;
    }
    long millis = seconds * 1_000;
    return millis > least - ROUNDING && millis < most + ROUNDING;
  }

  @Override
  public String toString() {
    String value =
        least == most ? least / 1000.0 + " s" : least / 1000.0 + " to " + most / 1000.0 + " s";
    return required ? value : "absent or " + value;
  }
}
