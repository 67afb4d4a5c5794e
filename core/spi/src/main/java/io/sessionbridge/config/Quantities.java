package io.sessionbridge.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: a whole number and a unit that must be there. */
public final class Quantities {

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15}) ?([A-Za-z]*)");
  private static final Map<String, Long> BYTES = bytes();
  private static final Map<String, Duration> TIMES = times();

  private Quantities() {}

  private static Map<String, Long> bytes() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("B", 1L);
    units.put("KiB", 1L << 10);
    units.put("MiB", 1L << 20);
    units.put("GiB", 1L << 30);
    units.put("TiB", 1L << 40);
    return units;
  }

  private static Map<String, Duration> times() {
    Map<String, Duration> units = new LinkedHashMap<>();
    units.put("ms", Duration.ofMillis(1));
    units.put("s", Duration.ofSeconds(1));
    units.put("m", Duration.ofMinutes(1));
    units.put("h", Duration.ofHours(1));
    units.put("d", Duration.ofDays(1));
    return units;
  }

  /** The units of sizes, for messages. */
  static String byteUnits() {
    return String.join(", ", BYTES.keySet());
  }

  /** The units of durations, for messages. */
  static String timeUnits() {
    return String.join(", ", TIMES.keySet());
  }

  static Optional<Long> parseBytes(String text) {
    return parse(text, BYTES)
        .filter(quantity -> quantity.number <= Long.MAX_VALUE / quantity.unit)
        .map(quantity -> quantity.number * quantity.unit);
  }

  static Optional<Duration> parseDuration(String text) {
    return parse(text, TIMES).map(quantity -> quantity.unit.multipliedBy(quantity.number));
  }

  private record Quantity<U>(long number, U unit) {}

  private static <U> Optional<Quantity<U>> parse(String text, Map<String, U> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    U unit = units.get(matcher.group(2));
    return unit == null
        ? Optional.empty()
        : Optional.of(new Quantity<>(Long.parseLong(matcher.group(1)), unit));
  }

  /** In the largest unit that leaves a whole number, for instance {@code 512KiB}. */
  public static String write(long bytes) {
    String result = bytes + "B";
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (bytes != 0 && bytes % unit.getValue() == 0) {
        result = bytes / unit.getValue() + unit.getKey();
      }
    }
    return result;
  }

  /** In the largest unit that leaves a whole number, for instance {@code 90s}. */
  public static String write(Duration duration) {
    long millis = duration.toMillis();
    String result = millis + "ms";
    for (Map.Entry<String, Duration> unit : TIMES.entrySet()) {
      if (millis != 0 && millis % unit.getValue().toMillis() == 0) {
        result = millis / unit.getValue().toMillis() + unit.getKey();
      }
    }
    return result;
  }
}
