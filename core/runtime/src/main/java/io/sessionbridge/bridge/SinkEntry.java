package io.sessionbridge.bridge;

import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sink of the configuration, ready to be made.
 *
 * @param memory what it holds beside its batches
 * @param writes the files that it writes
 * @param create no I/O
 * @param createCheck as create, for a sink that is connected once and changes nothing
 * @param disclosure to whom it gives events
 * @param needsLive why it does nothing where no source is live; empty if it does
 */
public record SinkEntry(
    String id,
    String type,
    SinkSettings settings,
    EventFormat format,
    SinkMemory memory,
    List<Path> writes,
    Function<SinkContext, Sink> create,
    Function<SinkContext, Sink> createCheck,
    Disclosure disclosure,
    Optional<String> needsLive) {

  public SinkEntry {
    writes = List.copyOf(writes);
  }
}
