package io.sessionbridge.health;

import io.sessionbridge.text.UntrustedText;

/**
 * The health of one part of the agent at one moment. A check is a value and never an exception: a
 * bad peer degrades its sink and never makes the agent fail.
 *
 * @param status the state in one word
 * @param detail one sentence that says what is wrong and how to fix it; empty when up. It is
 *     sanitized by {@link UntrustedText#message}
 */
public record Health(Status status, String detail) {

  /** From best to worst. */
  public enum Status {
    /** Works. */
    UP,
    /** Does not work now and keeps trying; nothing is lost meanwhile. */
    DEGRADED,
    /** Does not work until an operator acts. */
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
