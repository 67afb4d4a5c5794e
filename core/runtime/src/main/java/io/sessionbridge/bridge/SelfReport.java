package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.ingest.Ingest;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the agent's own events: start, heartbeat and stop. The thread {@code ingest-timer} emits
 * the heartbeats.
 */
final class SelfReport {

  private static final Logger LOG = LoggerFactory.getLogger(SelfReport.class);

  private final Ingest ingest;
  private final BridgeConfig config;
  private final Clock.Signal ended;
  private final Supplier<Health> health;
  private final Supplier<OptionalLong> backlogAgeMillis;
  private final Runnable afterwards;
  private final AtomicLong latest;
  private final Thread timer;
  private volatile boolean stopping;

  /**
   * Creates a report that emits nothing until {@link #started}.
   *
   * @param latest receives the sequence of the latest start or heartbeat event
   * @param afterwards runs after each heartbeat, when the disk is written anyway
   */
  SelfReport(
      Ingest ingest,
      BridgeConfig config,
      Clock clock,
      Supplier<Health> health,
      Supplier<OptionalLong> backlogAgeMillis,
      AtomicLong latest,
      Runnable afterwards,
      Supervisor supervisor) {
    this.ingest = ingest;
    this.config = config;
    this.ended = clock.signal();
    this.health = health;
    this.backlogAgeMillis = backlogAgeMillis;
    this.latest = latest;
    this.afterwards = afterwards;
    this.timer =
        supervisor.thread("ingest-timer", "heartbeat", Need.ESSENTIAL, () -> stopping, this::beat);
  }

  /** Emits the start event and begins the heartbeats. A full disk does not stop the agent. */
  void started(Optional<String> previousHostId) throws InterruptedException {
    EventData.Builder data = data(Kind.BRIDGE_START);
    previousHostId.ifPresent(id -> data.put(Field.PREVIOUS_HOST_ID, id));
    try {
      latest.set(ingest.emitOwn(data.build()));
    } catch (EmitException e) {
      LOG.warn("event bridge_start was not written: {}", e.getMessage());
    }
    timer.start();
  }

  private EventData.Builder data(Kind kind) {
    return EventData.builder(kind)
        .put(Field.AGENT_VERSION, Version.text())
        .put(Field.CONFIG_HASH, config.hash());
  }

  private void beat() throws InterruptedException {
    while (!ended.await(config.heartbeat()) && !stopping) {
      heartbeat();
      afterwards.run();
    }
  }

  private void heartbeat() throws InterruptedException {
    Health now = health.get();
    EventData.Builder data =
        data(Kind.BRIDGE_HEARTBEAT)
            .put(Field.HEALTH, now.status().name().toLowerCase(Locale.ROOT))
            .put(Field.HEALTH_DETAIL, now.detail());
    backlogAgeMillis.get().ifPresent(age -> data.put(Field.BACKLOG_AGE_MS, age));
    try {
      latest.set(ingest.emitOwn(data.build()));
    } catch (EmitException e) {
      LOG.debug("no heartbeat: {}", e.getMessage()); // the journal has logged the reason
    }
  }

  /** Ends the heartbeats and emits the stop event. */
  void stop() throws InterruptedException {
    stopping = true;
    ended.raise();
    timer.join();
    try {
      ingest.emitOwn(data(Kind.BRIDGE_STOP).build());
    } catch (EmitException e) {
      LOG.warn("event bridge_stop was not written: {}", e.getMessage());
    }
  }
}
