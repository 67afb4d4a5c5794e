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
 * A complete, validated configuration.
 *
 * @param dataDir folder of the journal, cursors and dead letters
 * @param logLevel error, warn, info, debug or trace
 * @param toEventLog whether start, stop and errors also go to the Application log of Windows; empty
 *     for the default
 * @param journal size, age and durability settings of the journal
 * @param sessions how the sessions of this host are judged
 * @param hostId replaces the id that the machine provides
 * @param shutdown time for sinks to finish their batches at stop
 * @param heartbeat interval of heartbeat events
 * @param http where to serve health and metrics; empty for no server
 * @param control how programs on this machine reach the agent
 * @param hash of the files that it was read from
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
