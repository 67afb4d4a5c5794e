package io.sessionbridge.health;

import io.sessionbridge.text.UntrustedText;

/**
 * How a part of the agent is, at one moment. A check is a value and never an exception: a bad peer
 * makes its sink degraded, never the agent fail.
 *
 * @param status the state in one word
 * @param detail one sentence that says what is wrong and what would mend it; empty when up. It is
 *     made safe to show by {@link UntrustedText#message}
 */
public record Health(Status status, String detail) {

  /** From good to bad. */
  public enum Status {
    /** Works. */
    UP,
    /** Does not do its work now and keeps trying; nothing is lost meanwhile. */
    DEGRADED,
    /** Cannot work until somebody acts. */
    DOWN
  }

  public Health {
    detail = UntrustedText.message(detail);
  }

  private static final Health UP = new Health(Status.UP, "");

  public static Health up() {
    return UP;
  }

  public static Health degraded(String detail) {
    return new Health(Status.DEGRADED, detail);
  }

  public static Health down(String detail) {
    return new Health(Status.DOWN, detail);
  }

  public boolean isUp() {
    return status == Status.UP;
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? status.name() : status + ": " + detail;
  }
}
