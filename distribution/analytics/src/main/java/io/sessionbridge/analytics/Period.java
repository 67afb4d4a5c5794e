package io.sessionbridge.analytics;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The time that a report is about.
 *
 * @param from its begin, in microseconds since 1970; 0 for all there is
 * @param to its end, which is "now" to the questions that ask for it
 * @param zone of dates without an offset, and of events without {@code local_offset}
 */
record Period(long from, long to, ZoneId zone) {

  static Period of(String from, String to, ZoneId zone, Instant now) throws ReportException {
    long begin = from.isEmpty() ? 0 : micros("--from", from, zone);
    long end = to.isEmpty() ? micros(now) : micros("--to", to, zone);
    if (begin >= end) {
      throw new ReportException("--from " + from + " is not before --to " + to);
    }
    return new Period(begin, end, zone);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static long micros(String option, String text, ZoneId zone) throws ReportException {
    try {
      return micros(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new ReportException(
          option
              + " "
              + text
              + " is neither a date such as 2026-11-20 nor a time with its offset such as"
              + " 2026-11-20T08:00:00+01:00");
    }
  }
}
