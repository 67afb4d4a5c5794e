package io.sessionbridge.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One figure, taken several times. */
final class Samples {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  List<Double> values() {
    return Collections.unmodifiableList(values);
  }

  double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The smallest value that is at least as large as so many percent of the values. */
  double percentile(double percent) {
    List<Double> sorted = sorted();
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }

  /** The ratio to the other figure in each repetition. */
  Samples dividedBy(Samples other) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }

  /**
   * Median, lowest, highest, and each value in the order of the repetitions.
   *
   * @param format of a single value, as {@code %.2f}
   */
  String text(String format) {
    List<Double> sorted = sorted();
    return String.format(
        Locale.ROOT,
        "%s (%s to %s; each %s)",
        one(format, median()),
        one(format, sorted.get(0)),
        one(format, sorted.get(sorted.size() - 1)),
        values.stream().map(value -> one(format, value)).collect(Collectors.joining(" ")));
  }

  private static String one(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
