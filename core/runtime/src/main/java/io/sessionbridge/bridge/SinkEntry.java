package io.sessionbridge.bridge;

import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkEnvironment;
import io.sessionbridge.spi.SinkMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A configured sink, ready to be created.
 *
 * @param memory that it uses outside of its batches
 * @param writes the files that it writes
 * @param create does no I/O
 * @param createCheck like create, for a sink that is only connected and changes nothing
 * @param disclosure who receives its events
 * @param warnings what it will not do in an environment; may read files
 * @param fileProblems what is wrong with the files that it reads; reads them
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
    Function<SinkEnvironment, List<String>> warnings,
    Supplier<List<String>> fileProblems) {

  public SinkEntry {
    writes = List.copyOf(writes);
  }
}
