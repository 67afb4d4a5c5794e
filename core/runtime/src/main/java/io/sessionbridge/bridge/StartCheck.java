package io.sessionbridge.bridge;

import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.storage.WriteAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what would prevent a configuration from working on this machine. Changes nothing. */
public final class StartCheck {

  private StartCheck() {}

  /** One sentence per problem, as seen by the calling user. */
  public static List<String> problems(BridgeConfig config) {
    List<String> problems = new ArrayList<>();
    dataDir(config.dataDir()).ifPresent(problems::add);
    config
        .control()
        .path()
        .flatMap(UnixTransport::obstacle)
        .ifPresent(why -> problems.add("control.path: " + why));
    for (SourceEntry source : config.sources()) {
      for (Path file : source.needs()) {
        missing(file).ifPresent(why -> problems.add("source " + source.id() + ": " + why));
      }
    }
    return problems;
  }

  /**
   * One sentence per sink that will do nothing with the configured sources. This is only a warning,
   * because the sources may be for a test.
   */
  public static List<String> warnings(BridgeConfig config) {
    if (config.sources().stream().anyMatch(SourceEntry::live)) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    for (SinkEntry sink : config.sinks()) {
      sink.needsLive()
          .ifPresent(why -> warnings.add("sink " + sink.id() + ": no source is live: " + why));
    }
    return warnings;
  }

  private static Optional<String> dataDir(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return Optional.of("data_dir " + folder + " must be a folder, was a file");
    }
    for (Path part : List.of(folder, folder.resolve("journal"), folder.resolve("cursors"))) {
      Optional<String> why = WriteAccess.problem(part);
      if (why.isPresent()) {
        return Optional.of("data_dir " + part + " cannot be written: " + why.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missing(Path file) {
    if (!Files.exists(file)) {
      return Optional.of(file + " does not exist");
    }
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(file + " cannot be read: permission denied");
  }
}
