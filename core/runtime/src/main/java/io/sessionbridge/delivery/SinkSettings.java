package io.sessionbridge.delivery;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.journal.Start;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.privacy.PrivacyKeys;
import java.util.List;
import java.util.Optional;

/**
 * The settings that all types of sinks share, besides type and format.
 *
 * @param selection which events it receives
 * @param start where a sink without a cursor starts
 * @param batchEvents maximum number of events per batch
 * @param batchBytes maximum bytes of bodies per batch; a batch always has at least one event
 * @param maxEventsPerSecond empty for no limit
 * @param privacy what it may receive about persons and machines
 */
public record SinkSettings(
    Selection selection,
    Start start,
    int batchEvents,
    long batchBytes,
    Optional<Long> maxEventsPerSecond,
    Privacy privacy) {

  /** Settings of a sink without privacy protection. */
  public SinkSettings(
      Selection selection,
      Start start,
      int batchEvents,
      long batchBytes,
      Optional<Long> maxEventsPerSecond) {
    this(selection, start, batchEvents, batchBytes, maxEventsPerSecond, Privacy.PLAIN);
  }

  private static final Key<Selection> SELECT =
      Key.section("select", SelectKeys.SPEC)
          .orElse(
              Selection.DEFAULT,
              "which events to send: those that pass every key below. A gap always passes; only"
                  + " kinds and remote apply to the agent's own events (bridge_start, bridge_stop,"
                  + " bridge_heartbeat)");
  private static final Key<Start> START =
      Key.oneOf("start", Start.class)
          .orElse(
              Start.NOW,
              "where a sink without a cursor starts: now, or oldest = the oldest event in the"
                  + " journal");
  private static final Key<Long> BATCH_BYTES =
      Key.bytes("batch_bytes")
          .between(1L << 10, 16L << 20)
          .orElse(2L << 20, "maximum size of a batch");
  private static final Key<Long> MAX_PER_SECOND =
      Key.integer("max_events_per_second")
          .between(1L, 1_000_000L)
          .optional("maximum rate; absent = no limit");

  private static final Key<Privacy> PRIVACY =
      Key.section("privacy", PrivacyKeys.SPEC)
          .orElse(
              Privacy.PLAIN,
              "what the sink may receive about users, clients and hosts; absent = everything");

  /**
   * The common keys.
   *
   * @param batchEvents the default of the sink type
   */
  public static ConfigSpec<SinkSettings> spec(int batchEvents) {
    Key<Long> events =
        Key.integer("batch_events")
            .between(1L, 50_000L)
            .orElse((long) batchEvents, "maximum number of events in a batch");
    return new ConfigSpec<>(
        List.of(SELECT, START, events, BATCH_BYTES, MAX_PER_SECOND, PRIVACY),
        values ->
            new SinkSettings(
                values.get(SELECT),
                values.get(START),
                Math.toIntExact(values.get(events)),
                values.get(BATCH_BYTES),
                values.find(MAX_PER_SECOND),
                values.get(PRIVACY)));
  }

  /** The defaults. */
  public static SinkSettings defaults() {
    return new SinkSettings(Selection.DEFAULT, Start.NOW, 5_000, 2L << 20, Optional.empty());
  }
}
