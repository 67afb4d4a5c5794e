package io.sessionbridge.bridge;

import io.sessionbridge.control.ControlConfig;
import io.sessionbridge.http.HttpConfig;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.sessions.TrackerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A whole configuration, checked.
 *
 * @param dataDir where folder of the journal, cursors and dead letters is
 * @param logLevel error, warn, info, debug or trace
 * @param toEventLog whether start, stop and errors are in the Application log of Windows too; empty
 *     for what is usual
 * @param journal how much is kept, and how
 * @param sessions how the sessions of this host are judged
 * @param hostId instead of the one that the machine gives
 * @param shutdown time for sinks to finish their batch at stop
 * @param heartbeat interval of heartbeat events
 * @param http where to show health and metrics; empty for nowhere
 * @param control how programs of this machine may ask
 * @param hash of the file it was read from
 */
public record BridgeConfig(
    Path dataDir,
    String logLevel,
    Optional<Boolean> toEventLog,
    JournalConfig journal,
    TrackerSettings sessions,
    Optional<String> hostId,
    Duration shutdown,
    Duration heartbeat,
    Optional<HttpConfig> http,
    ControlConfig control,
    String hash,
    List<SourceEntry> sources,
    List<SinkEntry> sinks) {

  public BridgeConfig {
    sources = List.copyOf(sources);
    sinks = List.copyOf(sinks);
  }
}
