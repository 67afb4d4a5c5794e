package io.sessionbridge.ingest;

import io.sessionbridge.sessions.Evidence;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.spi.SystemLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the system's own log, on from where the last comparison that became durable stood. Used by
 * one thread.
 */
final class EvidenceReader {

  /** Under which name the position stands in the checkpoint. No configured id begins with a dot. */
  static final String POSITION = ".log";

  /** The reason of the gap for records that were overwritten unread. */
  private static final String OVERWRITTEN = "log_overwritten";

  private final Ingest ingest;
  private final Optional<SystemLog> log;
  private Optional<SystemLog.Reading> reading = Optional.empty();

  EvidenceReader(Ingest ingest, Optional<SystemLog> log) {
    this.ingest = ingest;
    this.log = log;
  }

  /** What the log says since; at the first time since the system started. */
  List<Evidence> read(Moment now) {
    Instant boot = now.time().minusMillis(now.uptimeMillis().orElse(0));
    Optional<String> position =
        ingest.resumePosition(POSITION).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    reading = log.map(known -> known.read(position, boot));
    return reading.stream()
        .flatMap(read -> read.entries().stream())
        .map(entry -> new Evidence(entry.time(), entry.data(), entry.name()))
        .toList();
  }

  /** What was read last is durable as far as it matters: the next reading goes on after it. */
  void passed() {
    reading.ifPresent(
        read -> {
          ingest.passed(POSITION, read.position().getBytes(StandardCharsets.UTF_8));
          if (!read.complete()) {
            ingest.lostUncounted(OVERWRITTEN);
          }
        });
    reading = Optional.empty();
  }
}
