package io.sessionbridge.bridge;

import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.spi.SinkEnvironment;
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
    for (SinkEntry sink : config.sinks()) {
      for (String problem : sink.fileProblems().get()) {
        problems.add("sink " + sink.id() + ": " + problem);
      }
    }
    return problems;
  }

  /**
   * One sentence for each thing that a sink will not do with the configured sources, its selection
   * and these plug-ins. These are only warnings, because the configuration may be for a test.
   */
  public static List<String> warnings(BridgeConfig config, Plugins plugins) {
    boolean live = config.sources().stream().anyMatch(SourceEntry::live);
    List<String> warnings = new ArrayList<>();
    for (SinkEntry sink : config.sinks()) {
      SinkEnvironment environment =
          new SinkEnvironment(
              live, plugins.directory().isPresent(), sink.settings().selection().kinds());
      for (String warning : sink.warnings().apply(environment)) {
        warnings.add("sink " + sink.id() + ": " + warning);
      }
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
