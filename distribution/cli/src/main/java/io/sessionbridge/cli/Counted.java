package io.sessionbridge.cli;

import java.util.Collection;

/** Formats a count with its noun. */
public final class Counted {

  private Counted() {}

  /**
   * {@code 1 sink}, {@code 2 sinks}.
   *
   * @param what the noun in singular
   */
  public static String of(Collection<?> things, String what) {
    return of(things.size(), what);
  }

  /**
   * {@code 1 file}, {@code 2 files}.
   *
   * @param what the noun in singular
   */
  public static String of(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
