package io.sessionbridge.ingest;

import io.sessionbridge.sessions.Evidence;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.spi.SystemLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the system's own log from the position of the last durable comparison. One thread. */
final class EvidenceReader {

  /** The key of the position in the checkpoint. A configured id cannot begin with a dot. */
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

  /** The log's entries since the last position; on the first call, since the system's boot. */
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

  /** Stores the position of the last read, whose relevant entries are durable. */
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
