package io.sessionbridge.config;

import io.sessionbridge.config.type.BadValueException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as written in the configuration: {@code 512KiB}, {@code 1GiB}. */
public final class ByteSize {
  static final String UNITS = "B, KiB, MiB, GiB, TiB";

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB|TiB)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Map<String, Integer> SHIFT =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);
  private static final String[] LARGEST_FIRST = {"TiB", "GiB", "MiB", "KiB"};

  private ByteSize() {}

  static long parse(String text) throws BadValueException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(
          NUMBER.matcher(text).matches()
              ? "must have a unit (" + UNITS + ")"
              : "must be a whole number with a unit (" + UNITS + ")");
    }
    long number = Long.parseLong(matcher.group(1));
    int shift = SHIFT.getOrDefault(matcher.group(2), 0);
    if (number > Long.MAX_VALUE >> shift) {
      throw new BadValueException("must be at most " + text(Long.MAX_VALUE >> 40 << 40));
    }
    return number << shift;
  }

  /**
   * The number in the largest unit that represents it exactly: {@code 1GiB}, {@code 1536KiB},
   * {@code 0B}.
   */
  public static String text(long bytes) {
    for (String unit : LARGEST_FIRST) {
      int shift = SHIFT.getOrDefault(unit, 0);
      if (bytes != 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + unit;
      }
    }
    return bytes + "B";
  }
}
