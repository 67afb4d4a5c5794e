package io.sessionbridge.analytics;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A length of time as an option has it, such as {@code 90s}, {@code 15m}, {@code 4h} or {@code 2d}.
 *
 * @param micros in microseconds, at least a second's
 */
record TimeSpan(long micros) {

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})([smhd])");

  static TimeSpan parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no length of time; write a number and s, m, h or d, such as 90m");
    }
    long number = Long.parseLong(parts.group(1));
    Duration length =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return new TimeSpan(length.toSeconds() * 1_000_000);
  }
}
