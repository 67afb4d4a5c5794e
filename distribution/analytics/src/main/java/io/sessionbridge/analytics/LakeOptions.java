package io.sessionbridge.analytics;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the events are, and what is known of the fleet. */
final class LakeOptions {

  @Option(
      names = "--events",
      paramLabel = "FILES",
      description =
          "Lines of the format json, or Parquet files (*.parquet); * and ** are allowed. Repeatable.")
  private List<String> events = new ArrayList<>();

  @Option(
      names = "--kafka",
      paramLabel = "SERVERS",
      description = "Reads a topic to its present end instead: host:port, separated by commas.")
  private @Nullable String kafka;

  @Option(
      names = "--topic",
      description = "The topic to read (default: ${DEFAULT-VALUE}).",
      defaultValue = "sessionbridge.events.v1")
  private String topic = "";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties of the Kafka consumer, for instance for TLS.")
  private @Nullable Path kafkaConfig;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "A date in --zone, or a time with its offset (default: the first event).")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "The same; it is \"now\" to the questions that ask for it (default: now).")
  private String to = "";

  @Option(
      names = "--zone",
      description = "Of dates, and of events without local_offset (default: the system's).")
  private @Nullable String zone;

  @Option(
      names = "--hosts",
      paramLabel = "CSV",
      description = "Labs: host,lab,calendar,zone (default: conf/hosts.csv).")
  private @Nullable Path hosts;

  @Option(
      names = "--hours",
      paramLabel = "CSV",
      description = "Opening hours: calendar,day,opens,closes (default: conf/hours.csv).")
  private @Nullable Path hours;

  @Option(
      names = "--long",
      paramLabel = "TIME",
      description = "From when on a lock or disconnect is long (default: ${DEFAULT-VALUE}).",
      defaultValue = "4h")
  private TimeSpan longLock = new TimeSpan(0);

  @Option(
      names = "--silence",
      paramLabel = "TIME",
      description = "From when on a host is silent: two heartbeats (default: ${DEFAULT-VALUE}).",
      defaultValue = "30m")
  private TimeSpan silence = new TimeSpan(0);

  @Option(
      names = "--job",
      paramLabel = "TIME",
      description = "How long a batch job runs (default: ${DEFAULT-VALUE}).",
      defaultValue = "1h")
  private TimeSpan job = new TimeSpan(0);

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      description = "How long a user must be on two hosts at once (default: ${DEFAULT-VALUE}).",
      defaultValue = "60s")
  private TimeSpan overlap = new TimeSpan(0);

  @Option(
      names = "--memory",
      description = "What DuckDB may use; the rest goes to disk (default: ${DEFAULT-VALUE}).",
      defaultValue = "1200MB")
  private String memory = "";

  @Option(
      names = "--threads",
      description = "For DuckDB (default: one per processor).",
      defaultValue = "0")
  private int threads;

  ZoneId zone() throws ReportException, IOException {
    if (zone == null) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      ReportException unknown =
          new ReportException(
              "--zone " + zone + " is unknown, did you mean " + nearestZone(zone) + "?");
      unknown.initCause(e);
      throw unknown;
    }
  }

  /** By letters that were mistyped, left out or swapped. */
  private String nearestZone(String name) throws ReportException, IOException {
    String zones =
        ZoneId.getAvailableZoneIds().stream().map(SqlText::quoted).collect(joining(", "));
    try (Duck duck = duck()) {
      Answer nearest =
          duck.ask(
              "SELECT zone FROM (SELECT UNNEST(["
                  + zones
                  + "]) AS zone) ORDER BY damerau_levenshtein(LOWER(zone), LOWER("
                  + SqlText.quoted(name)
                  + ")), zone LIMIT 1");
      return String.valueOf(nearest.rows().get(0).get(0));
    }
  }

  Period period() throws ReportException, IOException {
    return Period.of(from, to, zone(), Instant.now());
  }

  Duck duck() throws ReportException, IOException {
    return Duck.open(memory, threads);
  }

  Path hosts() {
    return table(hosts, "hosts.csv");
  }

  Path hours() {
    return table(hours, "hours.csv");
  }

  private static Path table(@Nullable Path given, String name) {
    return given != null
        ? given
        : Path.of(System.getProperty("sessionbridge.home", "."), "conf", name);
  }

  /** Loads what was asked for; who calls closes it. */
  Lake load(PrintWriter notes) throws ReportException, IOException {
    return load(notes, null);
  }

  /**
   * Loads what was asked for; who calls closes it.
   *
   * @param until the last day of opening hours and zones; null for that of the last event
   */
  Lake load(PrintWriter notes, @Nullable LocalDate until) throws ReportException, IOException {
    Period period = period();
    for (Path table : List.of(hosts(), hours())) {
      if (!Files.isReadable(table)) {
        throw new ReportException("cannot read " + table);
      }
    }
    Limits limits = new Limits(longLock.micros(), silence.micros(), job.micros(), overlap.micros());
    Duck duck = duck();
    try {
      Lake lake =
          Lake.load(
              duck,
              relation(duck, notes),
              period,
              limits,
              new FleetTables(duck, period, until),
              hosts(),
              hours());
      if (lake.unreadable() > 0) {
        notes.printf(
            "sessionbridge-report: %d lines are no events of the format json, or not yet complete;"
                + " they are left out%n",
            lake.unreadable());
      }
      return lake;
    } catch (ReportException | IOException | RuntimeException e) {
      duck.close();
      throw e;
    }
  }

  /** What DuckDB reads the events from. */
  String relation(Duck duck, PrintWriter notes) throws ReportException, IOException {
    if (kafka == null && events.isEmpty() || kafka != null && !events.isEmpty()) {
      throw new ReportException("say where the events are: --events FILES, or --kafka SERVERS");
    }
    if (kafka == null) {
      for (String pattern : events) {
        if (duck.number("SELECT COUNT(*) FROM glob(" + SqlText.quoted(pattern) + ")") == 0) {
          throw new ReportException(EventFiles.noMatch(pattern));
        }
      }
      return EventFiles.relation(events);
    }
    Path lines = duck.folder().resolve("kafka.jsonl");
    long foreign = new KafkaTopic(kafka, topic, kafkaConfig).copyTo(lines);
    if (foreign > 0) {
      notes.printf(
          "sessionbridge-report: %d records of %s are no events; they are left out%n",
          foreign, topic);
    }
    return EventFiles.relation(List.of(lines.toString()));
  }
}
