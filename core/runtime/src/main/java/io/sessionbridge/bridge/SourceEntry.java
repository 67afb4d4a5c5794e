package io.sessionbridge.bridge;

import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A configured source, ready to be created.
 *
 * @param live whether it reports what happens on this machine as it happens
 * @param endless why it never finishes although others of its type do; see {@link
 *     io.sessionbridge.spi.SourceFactory#endless}
 * @param needs files that must exist at start
 * @param create does no I/O
 */
public record SourceEntry(
    String id,
    String type,
    boolean live,
    Optional<String> endless,
    List<Path> needs,
    Function<SourceContext, Source> create) {

  public SourceEntry {
    needs = List.copyOf(needs);
  }

  SourceEntry(String id, String type, Function<SourceContext, Source> create) {
    this(id, type, true, Optional.empty(), List.of(), create);
  }
}
