package io.sessionbridge.config;

import io.sessionbridge.config.type.BadValueException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as written in the configuration: {@code 500ms}, {@code 5m}, {@code 90d}. */
public final class TimeSpan {
  static final String UNITS = "ms, s, m, h, d";

  /** Sums of a few durations, in milliseconds and nanoseconds, must fit into a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final String[] LARGEST_FIRST = {"d", "h", "m", "s"};

  private TimeSpan() {}

  static Duration parse(String text) throws BadValueException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(
          NUMBER.matcher(text).matches()
              ? "must have a unit (" + UNITS + ")"
              : "must be a whole number with a unit (" + UNITS + ")");
    }
    long number = Long.parseLong(matcher.group(1));
    long unit = milliseconds(matcher.group(2));
    if (number > LONGEST.toMillis() / unit) {
      throw new BadValueException("must be at most " + text(LONGEST));
    }
    return Duration.ofMillis(number * unit);
  }

  /**
   * The duration in the largest unit that represents it exactly: {@code 5m}, {@code 90s}, {@code
   * 1500ms}, {@code 0s}. Fractions of a millisecond are dropped.
   */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : LARGEST_FIRST) {
      if (millis != 0 && millis % milliseconds(unit) == 0) {
        return millis / milliseconds(unit) + unit;
      }
    }
    return millis == 0 ? "0s" : millis + "ms";
  }

  private static long milliseconds(String unit) {
    return switch (unit) {
      case "d" -> 86_400_000;
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1_000;
      default -> 1;
    };
  }
}
