package io.sessionbridge.config.type;

import java.util.regex.Pattern;

/** Numbers as written in the configuration: plain digits, no exponent, no underscores. */
public final class Numbers {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

  private Numbers() {}

  public static long integer(String text) throws BadValueException {
    if (!INTEGER.matcher(text).matches()) {
      throw new BadValueException("must be a whole number");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadValueException("must be between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE);
    }
  }

  public static double decimal(String text) throws BadValueException {
    if (!DECIMAL.matcher(text).matches()) {
      throw new BadValueException("must be a number such as 2 or 0.5");
    }
    return Double.parseDouble(text);
  }

  /** Without a decimal point if the number is whole: {@code 1}, {@code 0.5}. */
  public static String decimalText(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  public static boolean bool(String text) throws BadValueException {
    if (!text.equals("true") && !text.equals("false")) {
      throw new BadValueException("must be true or false");
    }
    return text.equals("true");
  }
}
