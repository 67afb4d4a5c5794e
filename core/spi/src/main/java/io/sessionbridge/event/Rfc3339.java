package io.sessionbridge.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The time format of SessionBridge: RFC 3339, UTC, always six fraction digits. */
public final class Rfc3339 {

  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final int DAY_LENGTH = 11;

  /**
   * Recent days: the times of an event and of the events around it are of few. Days are immutable,
   * so a lost update costs only another computation.
   */
  private static final Day[] DAYS = new Day[8];

  static {
    Arrays.fill(DAYS, Day.of(0));
  }

  private Rfc3339() {}

  /** For instance {@code 2026-11-20T08:00:00.000000Z}. */
  public static String format(Instant time) {
    long seconds = time.getEpochSecond();
    long days = Math.floorDiv(seconds, SECONDS_PER_DAY);
    int place = (int) days & DAYS.length - 1;
    Day day = DAYS[place];
    if (day.number() != days) {
      day = Day.of(days);
      DAYS[place] = day;
    }
    int ofDay = (int) (seconds - days * SECONDS_PER_DAY);
    int micros = time.getNano() / 1000;
    byte[] text = new byte[27];
    System.arraycopy(day.text(), 0, text, 0, DAY_LENGTH);
    putTwoDigits(ofDay / 3600, text, 11);
    text[13] = ':';
    putTwoDigits(ofDay / 60 % 60, text, 14);
    text[16] = ':';
    putTwoDigits(ofDay % 60, text, 17);
    text[19] = '.';
    putTwoDigits(micros / 10_000, text, 20);
    putTwoDigits(micros / 100, text, 22);
    putTwoDigits(micros, text, 24);
    text[26] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * The beginning of every time of one day, up to the T.
   *
   * @param number days since 1970
   */
  private record Day(long number, byte[] text) {

    private static Day of(long number) {
      LocalDate date = LocalDate.ofEpochDay(number);
      byte[] text = new byte[DAY_LENGTH];
      putTwoDigits(date.getYear() / 100, text, 0);
      putTwoDigits(date.getYear(), text, 2);
      text[4] = '-';
      putTwoDigits(date.getMonthValue(), text, 5);
      text[7] = '-';
      putTwoDigits(date.getDayOfMonth(), text, 8);
      text[10] = 'T';
      return new Day(number, text);
    }
  }

  /** The last two digits; divided by constants, because a time is written twice for each event. */
  private static void putTwoDigits(int value, byte[] to, int at) {
    to[at] = (byte) ('0' + value / 10 % 10);
    to[at + 1] = (byte) ('0' + value % 10);
  }

  /**
   * Parses a time with any offset and truncates it to microseconds. A leap second, which {@link
   * Instant} cannot represent, becomes the last microsecond before it: {@code 23:59:60Z} is {@code
   * 23:59:59.999999Z}.
   *
   * @throws DateTimeException if it is not an RFC 3339 time with a year from 0 to 9999
   */
  public static Instant parse(String text) {
    if (text.startsWith(":60", 16)) {
      return parseLeapSecond(text);
    }
    Instant fast = parseFast(text);
    if (fast != null) {
      return fast;
    }
    Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new DateTimeException("the year must be between 0 and 9999");
    }
    return time;
  }

  /** A leap second ends a UTC day. Whether that day really had one is not checked. */
  private static Instant parseLeapSecond(String text) {
    Instant second = parse(text.substring(0, 17) + "59" + text.substring(19));
    if (Math.floorMod(second.getEpochSecond(), SECONDS_PER_DAY) != SECONDS_PER_DAY - 1) {
      throw new DateTimeException("a second 60 ends a day of UTC");
    }
    return second.truncatedTo(ChronoUnit.SECONDS).plus(MICROS_PER_SECOND - 1, ChronoUnit.MICROS);
  }

  /**
   * Fast path for {@code 2026-11-20T08:00:00Z} with up to nine fraction digits, the form of nearly
   * all times; ten times as fast as the general parser. Returns null for any other form.
   */
  private static @Nullable Instant parseFast(String text) {
    int end = text.length() - 1;
    if (end < 19
        || end == 20
        || end > 29
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || end > 19 && text.charAt(19) != '.') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int fraction = end == 19 ? 0 : number(text, 20, end);
    if ((year | month | day | hour | minute | second | fraction) < 0) {
      return null;
    }
    int nanos = fraction;
    for (int digits = end - 20; end > 19 && digits < 9; digits++) {
      nanos *= 10;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nanos / 1000 * 1000)
        .toInstant(ZoneOffset.UTC);
  }

  /** The digits in this range as a number; -1 if one is not a digit. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Microseconds since 1970; exact for every time that {@link #parse} returns. */
  public static long toMicros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / 1000);
  }

  public static Instant ofMicros(long micros) {
    // One division of a long, which the first compiler leaves to a slow routine.
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    return Instant.ofEpochSecond(seconds, (micros - seconds * MICROS_PER_SECOND) * 1000);
  }
}
