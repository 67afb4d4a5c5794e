package io.sessionbridge.analytics;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What no event says: which host stands in which lab and zone, and when labs are open. */
final class FleetTables {

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  /** A clock that was wrong must not make a table of centuries. */
  private static final long LONGEST_DAYS = 3660;

  private static final long DAY = 86_400_000_000L;

  private final Duck duck;
  private final Period period;
  private final @Nullable LocalDate until;

  /**
   * Of a fleet.
   *
   * @param until the last day that the tables know; null for that of the last event
   */
  FleetTables(Duck duck, Period period, @Nullable LocalDate until) {
    this.duck = duck;
    this.period = period;
    this.until = until;
  }

  static void create(Duck duck) throws ReportException {
    duck.runAll(SqlText.read("duckdb/tables.sql"));
  }

  /** Reads {@code hosts.csv}: host, lab, calendar, zone; what is empty is by default. */
  void loadHosts(Path file) throws ReportException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : csv(file, "host, lab, calendar, zone")) {
      Object zone = row.get(3);
      if (zone != null) {
        zone(file, zone.toString());
      }
      Object host = row.get(0);
      if (host != null) {
        row.set(0, host.toString().toLowerCase(Locale.ROOT));
        rows.add(row);
      }
    }
    duck.insert("hosts", rows);
    for (List<@Nullable Object> row :
        duck.ask("SELECT host FROM hosts GROUP BY host HAVING COUNT(*) > 1 ORDER BY host").rows()) {
      throw new ReportException(file + ": the host " + row.get(0) + " stands there twice");
    }
  }

  /** After the hosts: the offsets of their zones and of the report's. */
  void loadZones() throws ReportException {
    long end = until == null ? period.to() : Math.max(period.to(), (until.toEpochDay() + 2) * DAY);
    TreeSet<String> zones = new TreeSet<>();
    zones.add(period.zone().getId());
    for (List<@Nullable Object> row :
        duck.ask("SELECT DISTINCT zone FROM hosts WHERE zone IS NOT NULL").rows()) {
      zones.add(String.valueOf(row.get(0)));
    }
    List<List<Object>> rows = new ArrayList<>();
    zones.forEach(zone -> addOffsets(zone, end, rows));
    duck.insert("zone_offsets", rows);
  }

  private static void addOffsets(String zone, long end, List<List<Object>> rows) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    Instant from = Instant.EPOCH;
    Instant at = FIRST;
    while (true) {
      ZoneOffsetTransition next = rules.nextTransition(at);
      long offset = rules.getOffset(at).getTotalSeconds() * 1_000_000L;
      boolean last = next == null || Period.micros(next.getInstant()) > end;
      long to = last ? Long.MAX_VALUE : Period.micros(next.getInstant());
      rows.add(List.of(zone, Period.micros(from), to, offset));
      if (last) {
        return;
      }
      from = next.getInstant();
      at = from;
    }
  }

  /**
   * After the hosts, reads {@code hours.csv}: calendar, day (mon to sun, or a date), opens, closes;
   * spreads it over the days of the events, and on to the last day that was asked for.
   */
  void loadHours(Path file, Path hosts) throws ReportException {
    OpeningHours hours = new OpeningHours();
    for (List<@Nullable Object> row : csv(file, "calendar, day, opens, closes")) {
      hours.add(text(row.get(0)), text(row.get(1)), text(row.get(2)), text(row.get(3)));
    }
    Optional<String> problem = hours.problem();
    if (problem.isPresent()) {
      throw new ReportException(file + ": " + problem.get());
    }
    refuseUnknownCalendars(hours.calendars(), file, hosts);
    long to = period.to() / DAY + 2;
    long last = Math.min(duck.number("SELECT MAX(us) FROM once") / DAY + 2, to);
    long first = Math.max(duck.number("SELECT MIN(us) FROM once") / DAY - 2, to - LONGEST_DAYS);
    if (until != null) {
      last = Math.max(last, until.toEpochDay() + 1);
      if (last - to > LONGEST_DAYS) {
        throw new ReportException("--until " + until + " is more than ten years away");
      }
    }
    duck.insert("open_hours", hours.slots(first, last));
  }

  /** A calendar that is mistyped would be one that never opens. */
  private void refuseUnknownCalendars(Set<String> known, Path file, Path hosts)
      throws ReportException {
    for (List<@Nullable Object> row :
        duck.ask("SELECT calendar, host FROM hosts WHERE calendar IS NOT NULL ORDER BY host")
            .rows()) {
      if (!known.contains(text(row.get(0)))) {
        throw new ReportException(
            String.format(
                "%s: the line of the host %s has the calendar %s, which %s does not know;"
                    + " it knows %s",
                hosts, row.get(1), row.get(0), file, String.join(", ", known)));
      }
    }
  }

  private static String text(@Nullable Object cell) {
    return cell == null ? "" : cell.toString();
  }

  private List<List<@Nullable Object>> csv(Path file, String columns) throws ReportException {
    return duck.ask(
            "SELECT "
                + columns
                + " FROM read_csv("
                + SqlText.quoted(file.toString())
                + ", header = true, all_varchar = true, delim = ',')")
        .rows();
  }

  private static void zone(Path file, String zone) throws ReportException {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ReportException(
          file + ": the zone " + zone + " is unknown; write one such as Europe/Berlin");
    }
  }
}
