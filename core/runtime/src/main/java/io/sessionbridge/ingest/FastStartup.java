package io.sessionbridge.ingest;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.spi.SystemLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in {@code host_resume} and {@code bridge_start} that the host was shut down and started fast
 * before, where the system's log tells it. For users that is a shutdown: they were logged off; for
 * the system it is a sleep, in which its services and its boot id live on.
 *
 * <p>Safe for use by several threads.
 */
final class FastStartup {

  /** As {@link SystemLog} tells it, and as the event says it. */
  static final String REASON = "fast_startup";

  private static final Logger LOG = LoggerFactory.getLogger(FastStartup.class);

  private final Optional<SystemLog> log;
  private final Supplier<Optional<byte[]>> position;
  private final Supplier<Optional<HostSessions>> own;

  /**
   * @param position up to where the log was read; empty if it never was
   * @param own what is known of the host
   */
  FastStartup(
      Optional<SystemLog> log,
      Supplier<Optional<byte[]>> position,
      Supplier<Optional<HostSessions>> own) {
    this.log = log;
    this.position = position;
    this.own = own;
  }

  /** The same event, with the reason if that is the one. Reads the log only for these kinds. */
  Observation told(Observation event) {
    Kind kind = event.data().kind();
    boolean mayTell = kind == Kind.HOST_RESUME || kind == Kind.BRIDGE_START;
    if (!mayTell || log.isEmpty() || !event.live() || event.data().has(Field.REASON)) {
      return event;
    }
    return since(kind).filter(from -> happened(log.get(), from, event.time())).isEmpty()
        ? event
        : new Observation(
            true,
            event.time(),
            event.data().toBuilder().put(Field.REASON, REASON).build(),
            event.position(),
            event.origin());
  }

  /**
   * What happened before that was told by then; other sources may have told something since the
   * host woke up. Of a host that was never heard nobody can say.
   */
  private Optional<Instant> since(Kind kind) {
    return own.get()
        .flatMap(
            known ->
                kind == Kind.HOST_RESUME
                    ? known.suspendedAt().or(known::lastMoment)
                    : known.lastMoment())
        .map(Moment::time);
  }

  private boolean happened(SystemLog known, Instant from, Instant until) {
    try {
      Optional<String> read =
          position.get().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
      return known.read(read, from).entries().stream()
          .filter(entry -> entry.data().kind() == Kind.HOST_RESUME)
          .filter(entry -> REASON.equals(entry.data().get(Field.REASON)))
          .anyMatch(entry -> entry.time().isAfter(from) && !entry.time().isAfter(until));
    } catch (RuntimeException e) {
      LOG.warn("the system's log cannot be asked for a fast startup: {}", e.toString());
      return false;
    }
  }
}
