package io.sessionbridge.metrics;

import java.util.Comparator;

/**
 * Distinguishes the values of one metric, for instance {@code sink="lake"}.
 *
 * @param name empty if the metric has one value
 */
public record Label(String name, String value) implements Comparable<Label> {

  /** The label of a metric with one value. */
  public static final Label NONE = new Label("", "");

  private static final Comparator<Label> ORDER =
      Comparator.comparing(Label::name).thenComparing(Label::value);

  @Override
  public int compareTo(Label other) {
    return ORDER.compare(this, other);
  }
}
