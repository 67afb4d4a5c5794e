package io.sessionbridge.journal;

/** How many interleavings are tried; the nightly run tries more. */
public final class Interleavings {

  /** Different calls by the threads. */
  public static final int SCENARIOS = Integer.getInteger("sessionbridge.scenarios", 4);

  /** Different interleavings of the same calls. */
  public static final int IN_EACH = Integer.getInteger("sessionbridge.interleavings", 25);

  private Interleavings() {}
}
