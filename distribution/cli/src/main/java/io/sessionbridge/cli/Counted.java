package io.sessionbridge.cli;

import java.util.Collection;

/** Things and their number, as a sentence has them. */
public final class Counted {

  private Counted() {}

  /**
   * {@code 1 sink}, {@code 2 sinks}.
   *
   * @param what one of them
   */
  public static String of(Collection<?> things, String what) {
    return of(things.size(), what);
  }

  /**
   * {@code 1 file}, {@code 2 files}.
   *
   * @param what one of them
   */
  public static String of(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
