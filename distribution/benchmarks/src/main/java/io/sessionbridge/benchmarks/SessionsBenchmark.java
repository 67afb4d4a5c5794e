package io.sessionbridge.benchmarks;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.TrackedHosts;
import java.nio.file.Path;
import java.util.List;

/** How long the tracker of sessions takes for a report, and how much memory hosts take. */
public final class SessionsBenchmark {

  private static final List<Kind> KINDS = List.of(Kind.LOCK, Kind.UNLOCK);
  private static final List<String> SOURCES = List.of("wts", "scm");

  /** Longer than the time between two reports of one event. */
  private static final long BETWEEN_HAPPENINGS_MILLIS = 60_000;

  private final int sessions;
  private final int hosts;
  private final int rounds;
  private final int repetitions;
  private final Path folder;
  private final SessionReports reports = new SessionReports();

  private SessionsBenchmark(Options options) {
    this.sessions = options.number("sessions", 10_000);
    this.hosts = options.number("hosts", 10_000);
    this.rounds = options.number("rounds", 5);
    this.repetitions = options.number("repetitions", 5);
    this.folder = options.folder();
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    SessionsBenchmark benchmark = new SessionsBenchmark(options);
    options.done();
    Report.machine(benchmark.folder, "none, one thread");
    benchmark.oneHost();
    benchmark.manyHosts();
  }

  /** The first repetition warms up and does not count; the reports are made before. */
  private void oneHost() {
    reports.take(reports.ofEverySession(Kind.LOGON, SOURCES.get(0), sessions));
    Samples micros = new Samples();
    for (int i = 0; i <= repetitions; i++) {
      double one = lockAndUnlock() / 1e3 / ((double) rounds * KINDS.size() * SOURCES.size());
      if (i > 0) {
        micros.add(one / sessions);
      }
    }
    Report.title("a report to one host, sessions: " + sessions);
    Report.say("  %-12s %s us of CPU", "tracker", micros.text("%.2f"));
    Report.say(
        "  %-12s open %d, events %d",
        "sessions", reports.tracked().own().sessions().size(), reports.written());
  }

  private long lockAndUnlock() {
    long spent = 0;
    for (int round = 0; round < rounds; round++) {
      for (Kind kind : KINDS) {
        reports.pass(BETWEEN_HAPPENINGS_MILLIS);
        for (String source : SOURCES) {
          spent += reports.take(reports.ofEverySession(kind, source, sessions));
        }
      }
    }
    return spent;
  }

  /** Every host has two sessions with a user. */
  private void manyHosts() {
    long before = usedBytes();
    for (long session = 1; session <= 2; session++) {
      reports.take(reports.ofEveryHost(Kind.LOGON, session, hosts));
    }
    long used = usedBytes() - before;
    TrackedHosts tracked = reports.tracked();
    Report.title("foreign hosts: " + hosts);
    Report.say(
        "  %-12s %d kept, %d had to leave, %d bytes of memory for at most %d",
        "states", tracked.others().size(), tracked.evicted(), used, TrackedHosts.FOREIGN_BYTES);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
