package io.sessionbridge.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to write. */
public final class Suggestion {

  private Suggestion() {}

  /** {@code , did you mean topic?} or nothing, to end a message with. */
  public static String question(String word, Collection<String> known) {
    return nearest(word, known).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most || extended(word, candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** {@code server} for {@code servers}, {@code bootstrap} for {@code bootstrap_servers}. */
  private static boolean extended(String word, String candidate) {
    return word.length() >= 4 && (candidate.startsWith(word) || word.startsWith(candidate + "_"));
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
