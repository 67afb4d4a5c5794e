package io.sessionbridge.sink.file;

import io.sessionbridge.config.ByteSize;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.TimeSpan;
import io.sessionbridge.spi.Disclosure;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.Storage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates sinks that write lines. */
final class FileSinkFactory implements SinkFactory<FileSinkConfig> {

  @Override
  public String description() {
    return "writes each event as a line to a file, forced to the disk, or to the console";
  }

  @Override
  public ConfigSpec<FileSinkConfig> config() {
    return FileSinkConfig.SPEC;
  }

  @Override
  public String defaultFormat() {
    return "json";
  }

  @Override
  public List<Path> writes(FileSinkConfig config) {
    return config.isConsole() ? List.of() : List.of(config.path());
  }

  @Override
  public Disclosure disclosure(FileSinkConfig config) {
    if (config.isConsole()) {
      return new Disclosure("the console", Optional.empty(), List.of());
    }
    String kept =
        config.keep().isPresent()
            ? "The newest files stay, at most " + config.keep().get() + "; older ones are deleted."
            : "The agent never deletes what is in the file.";
    List<String> sentences = new ArrayList<>(List.of(kept));
    config
        .rotateBytes()
        .ifPresent(size -> sentences.add("A new file begins at " + ByteSize.text(size) + "."));
    config
        .rotateEvery()
        .ifPresent(time -> sentences.add("A new file begins after " + TimeSpan.text(time) + "."));
    return new Disclosure("the file " + config.path(), Optional.empty(), sentences);
  }

  @Override
  public Sink createCheck(SinkContext context, FileSinkConfig config) {
    if (config.isConsole()) {
      return create(context, config);
    }
    Storage storage = new FileStorage(config.fileMode());
    return new FileCheck(
        config,
        storage,
        new Rotation(config, storage, context.clock()),
        OwnLines.beginningWith(context.bodyBeginning()));
  }

  @Override
  public Sink create(SinkContext context, FileSinkConfig config) {
    if (config.isConsole()) {
      return new ConsoleSink(new FileOutputStream(FileDescriptor.out));
    }
    Storage storage = new FileStorage(config.fileMode());
    return new FileSink(
        config,
        storage,
        new Rotation(config, storage, context.clock()),
        OwnLines.beginningWith(context.bodyBeginning()));
  }
}
