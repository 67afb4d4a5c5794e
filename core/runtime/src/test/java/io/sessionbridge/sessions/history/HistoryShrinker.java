package io.sessionbridge.sessions.history;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;

/** Takes scenes out of a course that fails, as long as it fails. */
final class HistoryShrinker {

  private final long seed;
  private final Function<Course, Optional<String>> failure;

  /**
   * Looks for a shorter course of the seed.
   *
   * @param failure what is wrong with a course; empty if nothing is
   */
  HistoryShrinker(long seed, Function<Course, Optional<String>> failure) {
    this.seed = seed;
    this.failure = failure;
  }

  /** The failure of the shortest course that was found; the seed's whole course must fail. */
  String shrink() {
    BitSet kept = new BitSet();
    kept.set(0, Profile.of(seed).scenes());
    String shortest = failure.apply(Course.of(seed, kept)).orElseThrow();
    String beginning = beginning(shortest);
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int number = kept.length() - 1; number >= 0; number--) {
        if (!kept.get(number)) {
          continue;
        }
        kept.clear(number);
        Optional<String> still =
            failure.apply(Course.of(seed, kept)).filter(text -> beginning(text).equals(beginning));
        if (still.isPresent()) {
          shortest = still.get();
          shorter = true;
        } else {
          kept.set(number);
        }
      }
    }
    return "seed " + seed + ", scenes " + kept + "\n" + shortest;
  }

  /** Another failure is another story. */
  private static String beginning(String failure) {
    return failure.lines().findFirst().orElseThrow().split("[0-9{:]", 2)[0];
  }
}
