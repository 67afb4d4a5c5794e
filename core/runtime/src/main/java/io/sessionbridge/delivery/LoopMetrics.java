package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.metrics.Collector;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.Samples;
import java.time.Duration;

/** The metrics of a loop. All terms of the balance come from one snapshot, so that they add up. */
record LoopMetrics(DeliveryLoop loop, BatchBudget.Share share, Clock clock) implements Collector {

  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  @Override
  public void collect(Samples out) {
    Label sink = new Label("sink", loop.sinkId());
    SinkTotals totals = loop.totals();
    out.counter(
        "sessionbridge_sink_accepted_events_total",
        "Events accepted since the sink's cursor was created.",
        sink,
        totals.accepted());
    out.counter(
        "sessionbridge_sink_delivered_events_total", "Events delivered.", sink, totals.delivered());
    out.counter(
        "sessionbridge_sink_filtered_events_total",
        "Events left out by the sink's selection, by default those of virtual and service"
            + " accounts.",
        sink,
        totals.filtered());
    out.counter(
        "sessionbridge_sink_rejected_events_total",
        "Events rejected and kept as dead letters.",
        sink,
        totals.rejected());
    out.counter(
        "sessionbridge_sink_lost_events_total",
        "Events lost and covered by a gap.",
        sink,
        totals.lost());
    out.gauge(
        "sessionbridge_sink_pending_events", "Events not yet settled.", sink, totals.pending());
    out.gauge(
        "sessionbridge_sink_backlog_bytes",
        "Disk space of the segments with pending events.",
        sink,
        loop.backlogBytes());
    out.gauge(
        "sessionbridge_sink_batch_bytes",
        "Heap of the in-flight events, as counted in the batch budget.",
        sink,
        share.held());
    out.gauge(
        "sessionbridge_sink_backlog_age_seconds",
        "Age of the oldest pending event; 0 if none is pending.",
        sink,
        loop.waitingSince()
            .map(since -> Duration.between(since, clock.now()))
            .map(LoopMetrics::seconds)
            .orElse(0.0));
    out.gauge(
        "sessionbridge_sink_backoff_seconds",
        "Time until the next attempt; 0 if there is no wait.",
        sink,
        seconds(loop.untilNextAttempt()));
    out.gauge(
        "sessionbridge_sink_consecutive_failures",
        "Failed attempts since the last successful one.",
        sink,
        loop.failures());
  }

  private static double seconds(Duration time) {
    return Math.max(0, time.toNanos()) / NANOS_PER_SECOND;
  }
}
