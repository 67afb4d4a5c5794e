package io.sessionbridge.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The message about an unknown key. */
public final class Suggestion {
  private Suggestion() {}

  /** {@code is unknown, did you mean topic?}, or the list of known keys if none is similar. */
  public static String forUnknown(String name, List<String> known) {
    if (known.isEmpty()) {
      return "is unknown, there are no keys here";
    }
    int colon = name.indexOf(':');
    if (colon > 0 && known.contains(name.substring(0, colon))) {
      return "is unknown, write a space after the colon";
    }
    return nearest(name, known)
        .map(near -> "is unknown, did you mean " + near + "?")
        .orElseGet(() -> "is unknown, known are " + String.join(", ", known));
  }

  /** {@code , did you mean topic?} as the end of a message; empty if none is similar. */
  public static String question(String name, Collection<String> known) {
    return nearest(name, List.copyOf(known)).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static Optional<String> nearest(String name, List<String> known) {
    String plain = plain(name);
    return known.stream()
        .filter(candidate -> isNear(plain, plain(candidate)))
        .min(
            Comparator.comparingInt(
                    (String candidate) -> EditDistance.between(plain, plain(candidate)))
                .thenComparing(candidate -> !plain(candidate).startsWith(plain)));
  }

  private static boolean isNear(String name, String candidate) {
    if (name.length() >= 3 && (candidate.startsWith(name) || name.startsWith(candidate))) {
      return true;
    }
    int longer = Math.max(name.length(), candidate.length());
    return EditDistance.between(name, candidate) <= Math.max(1, longer / 3);
  }

  /**
   * Normalizes {@code batchBytes}, {@code batch-bytes} and {@code batch_bytes} to the same text.
   */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
