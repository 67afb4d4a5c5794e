package io.sessionbridge.config;

import static java.util.Comparator.comparing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects the problems of a configuration, so that all of them are reported together. Duplicates
 * are dropped, because a node may be read more than once. For use by one thread.
 */
public final class Problems {
  private static final int MOST_SHOWN = 100;

  private final Set<Problem> found = new LinkedHashSet<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  /** Adds a problem at {@code place}. */
  public void add(Place place, String text) {
    add(place.problem(text));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems, by line; those of one line in the order in which they were found. */
  public List<Problem> sorted() {
    return found.stream().sorted(comparing(Problem::file).thenComparingInt(Problem::line)).toList();
  }

  /**
   * Ends the reading of a configuration.
   *
   * @throws ConfigException if there is any problem; its message has one line for each
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new ConfigException(toString(), sorted());
    }
  }

  /** One line for each problem, the first hundred of them. */
  @Override
  public String toString() {
    String shown =
        sorted().stream()
            .limit(MOST_SHOWN)
            .map(Problem::toString)
            .collect(Collectors.joining("\n"));
    int more = found.size() - MOST_SHOWN;
    return more > 0 ? shown + "\nand " + more + " more problems" : shown;
  }
}
