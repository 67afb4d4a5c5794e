package io.sessionbridge.analytics;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** When places are open, by the clock on their wall. A date counts more than a day of the week. */
final class OpeningHours {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final long MINUTE = 60_000_000L;
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private record Span(int opens, int closes) {}

  private final Map<String, Map<String, List<Span>>> calendars = new TreeMap<>();
  private Optional<String> problem = Optional.empty();

  /**
   * Adds a line. Several for one day add up; one without times closes it.
   *
   * @param day {@code mon} to {@code sun}, or a date such as {@code 2026-12-24}
   */
  void add(String calendar, String day, String opens, String closes) {
    String key = day.toLowerCase(Locale.ROOT);
    List<Span> spans =
        calendars
            .computeIfAbsent(calendar, unused -> new HashMap<>())
            .computeIfAbsent(key, unused -> new ArrayList<>());
    try {
      if (!DAYS.contains(key)) {
        LocalDate.parse(key);
      }
      if (opens.isEmpty() && closes.isEmpty()) {
        return;
      }
      Span span = new Span(minutes(opens), minutes(closes));
      boolean overlaps =
          spans.stream().anyMatch(one -> one.opens < span.closes && span.opens < one.closes);
      if (span.opens >= span.closes || overlaps) {
        complain(calendar, day, opens, closes);
      }
      spans.add(span);
    } catch (DateTimeException | NumberFormatException e) {
      complain(calendar, day, opens, closes);
    }
  }

  private void complain(String calendar, String day, String opens, String closes) {
    if (problem.isEmpty()) {
      problem =
          Optional.of(
              String.join(",", calendar, day, opens, closes)
                  + " is wrong: the day is mon to sun or a date such as 2026-12-24, the times are"
                  + " such as 07:00 and 24:00, and spans of one day do not overlap");
    }
  }

  private static int minutes(String time) {
    String[] parts = time.split(":", -1);
    int minutes = parts.length == 2 ? Integer.parseInt(parts[0]) * HOUR : -1;
    minutes += parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
    if (minutes < 0 || minutes > DAY || parts[1].length() != 2) {
      throw new DateTimeException(time);
    }
    return minutes;
  }

  /** The names of those that have a line. */
  Set<String> calendars() {
    return calendars.keySet();
  }

  /** What is wrong with the first wrong line; empty if nothing is. */
  Optional<String> problem() {
    return problem;
  }

  /**
   * Each open part of an hour: calendar, begin of the day, begin of the hour, from, to; all in
   * microseconds since 1970 by the clock on the wall.
   *
   * @param first in days since 1970
   * @param last in days since 1970
   */
  List<List<Object>> slots(long first, long last) {
    List<List<Object>> slots = new ArrayList<>();
    calendars.forEach(
        (calendar, days) -> {
          for (long day = first; day <= last; day++) {
            LocalDate date = LocalDate.ofEpochDay(day);
            List<Span> weekly =
                days.getOrDefault(DAYS.get(date.getDayOfWeek().getValue() - 1), List.of());
            for (Span span : days.getOrDefault(date.toString(), weekly)) {
              addSlots(calendar, day * DAY, span, slots);
            }
          }
        });
    return slots;
  }

  private static void addSlots(String calendar, long day, Span span, List<List<Object>> slots) {
    for (int hour = span.opens / HOUR * HOUR; hour < span.closes; hour += HOUR) {
      slots.add(
          List.of(
              calendar,
              day * MINUTE,
              (day + hour) * MINUTE,
              (day + Math.max(hour, span.opens)) * MINUTE,
              (day + Math.min(hour + HOUR, span.closes)) * MINUTE));
    }
  }
}
