package io.sessionbridge.analytics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Events that were loaded to be asked about. For one thread. */
final class Lake implements AutoCloseable {

  private static final List<String> VIEWS = List.of("heard", "lives", "locks", "idle");

  private final Duck duck;
  private final long unreadable;

  private Lake(Duck duck, long unreadable) {
    this.duck = duck;
    this.unreadable = unreadable;
  }

  /**
   * Loads events.
   *
   * @param duck is closed with the lake
   * @param relation what DuckDB reads them from, see {@link EventFiles}
   * @param hosts see {@link FleetTables#loadHosts}
   * @param hours see {@link FleetTables#loadHours}
   */
  static Lake load(Duck duck, String relation, Period period, Limits limits, Path hosts, Path hours)
      throws ReportException {
    return load(duck, relation, period, limits, new FleetTables(duck, period, null), hosts, hours);
  }

  static Lake load(
      Duck duck,
      String relation,
      Period period,
      Limits limits,
      FleetTables tables,
      Path hosts,
      Path hours)
      throws ReportException {
    duck.runAll(SqlText.read("duckdb/functions.sql"));
    FleetTables.create(duck);
    duck.run("CREATE TABLE report AS " + report(period, limits));
    duck.run("CREATE VIEW raw AS " + SqlText.read("duckdb/raw.sql").replace("${lines}", relation));
    duck.run("CREATE TABLE once AS " + SqlText.read("duckdb/once.sql"));
    tables.loadHosts(hosts);
    tables.loadZones();
    tables.loadHours(hours, hosts);
    String event =
        "id IS NOT NULL AND us IS NOT NULL AND seq IS NOT NULL AND kind IS NOT NULL"
            + " AND host_id IS NOT NULL";
    long unreadable = duck.number("SELECT COUNT(*) FROM once WHERE NOT (" + event + ")");
    duck.run("DELETE FROM once WHERE NOT (" + event + ")");
    duck.run("CREATE TABLE events AS " + SqlText.read("events.sql"));
    duck.run("DROP TABLE once");
    for (String view : VIEWS) {
      duck.run("CREATE VIEW " + view + " AS " + SqlText.read(view + ".sql"));
    }
    return new Lake(duck, unreadable);
  }

  private static String report(Period period, Limits limits) {
    return String.format(
        "SELECT CAST(%d AS BIGINT) AS from_us, CAST(%d AS BIGINT) AS to_us, %s AS zone,"
            + " CAST(%d AS BIGINT) AS long_us, CAST(%d AS BIGINT) AS late_us,"
            + " CAST(%d AS BIGINT) AS job_us, CAST(%d AS BIGINT) AS overlap_us",
        period.from(),
        period.to(),
        SqlText.quoted(period.zone().getId()),
        limits.longLock(),
        limits.silence(),
        limits.job(),
        limits.overlap());
  }

  /** How many lines were no events. */
  long unreadable() {
    return unreadable;
  }

  Answer ask(Question question) throws ReportException {
    return duck.ask(question.sql());
  }

  /** Asks the views, for who wants to know what no question asks. */
  Answer ask(String sql) throws ReportException {
    return duck.ask(sql);
  }

  @Override
  public void close() throws IOException {
    duck.close();
  }
}
