package io.sessionbridge.bridge;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import io.sessionbridge.ingest.Ingest;
import io.sessionbridge.ingest.SourceCounts.Dropped;
import io.sessionbridge.journal.ForceLatency;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalStatus;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.Sample;
import io.sessionbridge.metrics.Samples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metrics of the agent as a whole. Thread-safe. */
final class AgentMetrics {

  private static final List<Kind> USUALLY_RECONCILED =
      List.of(Kind.LOCK, Kind.LOGOFF, Kind.LOGON, Kind.SESSION_PRESENT, Kind.UNLOCK);

  private final Components components;

  AgentMetrics(Components components) {
    this.components = components;
  }

  void collect(Samples out) {
    out.info(
        "sessionbridge_build_info", "Version of the agent.", new Label("version", Version.text()));
    up(
        "sessionbridge_source_up",
        "1 if the source receives events, 0 if not.",
        components.sources(),
        out);
    up(
        "sessionbridge_sink_up",
        "1 if the sink works, 0 while it is degraded or down.",
        components.others().stream().filter(other -> other.kind().equals("sink")).toList(),
        out);
    out.flag(
        "sessionbridge_journal_up",
        "1 if events can be made durable, 0 if not.",
        Label.NONE,
        components.journal().status() != Health.Status.DOWN);
  }

  private static void up(String name, String help, List<Component> parts, Samples out) {
    for (Component part : parts) {
      out.flag(name, help, new Label(part.kind(), part.id()), part.health().isUp());
    }
  }

  /** Counts of reports that the ingest did not write as events. */
  static void collect(Ingest ingest, List<SourceEntry> sources, Samples out) {
    Map<String, Dropped> dropped = ingest.counts().bySource();
    for (SourceEntry source : sources) {
      Label label = new Label("source", source.id());
      Dropped of = dropped.getOrDefault(source.id(), Dropped.NONE);
      out.counter(
          "sessionbridge_source_correlated_total",
          "Reports of what another source had already reported, not written as events.",
          label,
          of.correlated());
      out.counter(
          "sessionbridge_source_flooded_total",
          "Reports of sessions with more than 600 events a minute, written as one gap a minute.",
          label,
          of.flooded());
      out.counter(
          "sessionbridge_source_impossible_total",
          "Reports with impossible session numbers, not written as events.",
          label,
          of.impossible());
    }
    out.counter(
        "sessionbridge_hosts_forgotten_total",
        "Other hosts whose sessions were forgotten because there was no room for their state.",
        Label.NONE,
        ingest.forgottenHosts());
    out.counter(
        "sessionbridge_tracker_failures_total",
        "Failures of the session tracker (defects); the events are written without its fields.",
        Label.NONE,
        ingest.trackerDefects());
  }

  /**
   * Counts of events that the session reconciliation wrote.
   *
   * @param written count by kind
   */
  static void collect(Map<String, Long> written, Samples out) {
    Map<String, Long> all = new TreeMap<>(written);
    USUALLY_RECONCILED.forEach(kind -> all.putIfAbsent(kind.wireName(), 0L));
    all.forEach(
        (kind, count) ->
            out.counter(
                "sessionbridge_reconciled_total",
                "Events that no source reported, inferred from the existing sessions.",
                new Label("kind", kind),
                count));
  }

  /** Metrics of the journal. */
  static void collect(Journal journal, JournalConfig config, Samples out) {
    JournalStatus status = journal.status();
    out.gauge(
        "sessionbridge_journal_bytes",
        "Disk space of the journal's segments.",
        Label.NONE,
        status.bytes());
    out.gauge(
        "sessionbridge_journal_max_bytes",
        "Disk space at which the oldest segment is evicted.",
        Label.NONE,
        config.maxBytes());
    out.gauge(
        "sessionbridge_journal_segments",
        "Number of segments in the journal.",
        Label.NONE,
        status.segments());
    out.counter(
        "sessionbridge_journal_evicted_segments_total",
        "Segments evicted because the journal was full or they were too old, since the start.",
        Label.NONE,
        status.evictedSegments());
    out.counter(
        "sessionbridge_journal_damaged_records_total",
        "Records found damaged or missing since the start.",
        Label.NONE,
        status.damagedRecords());
    out.gauge(
        "sessionbridge_journal_undeletable_bytes",
        "Disk space of obsolete files that cannot be deleted yet.",
        Label.NONE,
        status.undeletableBytes());
    out.gauge(
        "sessionbridge_journal_set_aside_files",
        "Files with an interrupted first write, kept for inspection.",
        Label.NONE,
        status.setAside().size());
    out.gauge(
        "sessionbridge_journal_foreign_files",
        "Files in the journal's folder that are not part of the journal.",
        Label.NONE,
        status.foreignFiles().size());
    out.gauge(
        "sessionbridge_journal_unwritable_cursors",
        "Cursors whose files cannot be written now.",
        Label.NONE,
        status.unwritableCursors().size());
    ForceLatency latency = status.forces();
    out.histogram(
        "sessionbridge_journal_force_seconds",
        "Time to write a group of events and force it to the disk.",
        new Sample.Distribution(latency.upperBounds(), latency.counts(), latency.seconds()));
  }
}
