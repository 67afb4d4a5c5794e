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
 * Marks a {@code host_resume} or {@code bridge_start} that follows a fast startup, as recorded in
 * the system's log. For users a fast startup is a shutdown, because they were logged off; for the
 * system it is a sleep, which services and the boot id survive.
 *
 * <p>Thread-safe.
 */
final class FastStartup {

  /** The reason in the {@link SystemLog} and in the event. */
  static final String REASON = "fast_startup";

  private static final Logger LOG = LoggerFactory.getLogger(FastStartup.class);

  private final Optional<SystemLog> log;
  private final Supplier<Optional<byte[]>> position;
  private final Supplier<Optional<HostSessions>> own;

  /**
   * @param position up to which the log was read; empty if it never was
   * @param own the state of this host, if known
   */
  FastStartup(
      Optional<SystemLog> log,
      Supplier<Optional<byte[]>> position,
      Supplier<Optional<HostSessions>> own) {
    this.log = log;
    this.position = position;
    this.own = own;
  }

  /** Adds the reason if it applies. Reads the log only for the two kinds. */
  Observation withReason(Observation event) {
    Kind kind = event.data().kind();
    boolean mayFollow = kind == Kind.HOST_RESUME || kind == Kind.BRIDGE_START;
    if (!mayFollow || log.isEmpty() || !event.live() || event.data().has(Field.REASON)) {
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
   * The start of the search: earlier entries belong to events already reported. For a resume, this
   * is the suspend, because other sources may have reported since the host woke up. Empty if the
   * host is not known yet.
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
      LOG.warn("the system's log cannot be searched for a fast startup: {}", e.toString());
      return false;
    }
  }
}
