package io.sessionbridge.benchmarks;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.TrackedHosts;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.sessions.TrackerSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports of many sessions, and what the tracker makes of them. */
final class SessionReports {

  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
  private static final String OWN = "own";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TrackedHosts tracked =
      new TrackedHosts(OWN, TrackerSettings.ofLiveHost(), TrackedHosts.FOREIGN_BYTES);
  private long millis;
  private long written;

  TrackedHosts tracked() {
    return tracked;
  }

  /** How many events would have been written. */
  long written() {
    return written;
  }

  /** One source reports the same change of every session of the own host; then the others do. */
  List<Report> ofEverySession(Kind kind, String source, int sessions) {
    List<Report> reports = new ArrayList<>(sessions);
    for (int i = 1; i <= sessions; i++) {
      reports.add(report(OWN, kind, source, i, true));
    }
    return reports;
  }

  /** Each foreign host has a line about a session. */
  List<Report> ofEveryHost(Kind kind, long session, int hosts) {
    List<Report> reports = new ArrayList<>(hosts);
    for (int i = 1; i <= hosts; i++) {
      reports.add(report("host-" + i, kind, "replay", session, false));
    }
    return reports;
  }

  /** Moves the time on, so that the next report counts as another event. */
  void pass(long more) {
    millis += more;
  }

  private Report report(String host, Kind kind, String source, long session, boolean live) {
    EventData data =
        EventData.builder(kind)
            .put(Field.HOST_ID, host)
            .put(Field.HOST_NAME, "HOST7")
            .put(Field.SOURCE_ID, source)
            .put(Field.SOURCE_TYPE, source)
            .put(Field.SESSION_ID, session)
            .put(Field.USER_NAME, "user" + session)
            .put(Field.USER_DOMAIN, "CONTOSO")
            .put(Field.USER_SID, "S-1-5-21-1-2-3-" + session)
            .put(Field.UPTIME_MS, millis)
            .build();
    Instant time = BEGIN.plusMillis(millis);
    Observation seen = live ? Observation.live(time, data) : Observation.recorded(time, data, null);
    return new Report(source, source, seen);
  }

  /**
   * Each report is a write of its own that is durable at once.
   *
   * @return nanoseconds of CPU, which other programs do not lengthen
   */
  long take(List<Report> reports) {
    long began = THREADS.getCurrentThreadCpuTime();
    for (Report report : reports) {
      long sequence = written;
      Write write = tracked.begin(index -> "e-" + (sequence + index));
      written += write.apply(report).events().size();
      tracked.commit(write);
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }
}
