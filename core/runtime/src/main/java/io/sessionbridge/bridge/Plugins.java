package io.sessionbridge.bridge;

import com.google.inject.Inject;
import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.HostFacts;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.spi.SystemLog;
import java.nio.file.FileSystems;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The extensions that the plug-ins on the class path provide. */
public final class Plugins {

  private final Map<String, SourceFactory<?>> sources;
  private final Map<String, SinkFactory<?>> sinks;
  private final Map<String, FormatFactory<?>> formats;
  private final Optional<SessionDirectory> directory;
  private final Optional<HostFacts> host;
  private final Optional<SystemLog> log;
  private final Optional<ControlTransport> control;

  @Inject
  Plugins(
      Map<String, SourceFactory<?>> sources,
      Map<String, SinkFactory<?>> sinks,
      Map<String, FormatFactory<?>> formats,
      Optional<SessionDirectory> directory,
      Optional<HostFacts> host,
      Optional<SystemLog> log,
      Optional<ControlTransport> control) {
    this.sources = new TreeMap<>(sources);
    this.sinks = new TreeMap<>(sinks);
    this.formats = new TreeMap<>(formats);
    this.directory = directory;
    this.host = host;
    this.log = log;
    this.control = control;
  }

  /** By type. */
  public Map<String, SourceFactory<?>> sources() {
    return sources;
  }

  /** The source type to use on this machine if the configuration has no sources. */
  public Optional<String> defaultSource() {
    return sources.entrySet().stream()
        .filter(source -> source.getValue().isDefault())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** By type. */
  public Map<String, SinkFactory<?>> sinks() {
    return sinks;
  }

  /** By name. */
  public Map<String, FormatFactory<?>> formats() {
    return formats;
  }

  public Optional<SessionDirectory> directory() {
    return directory;
  }

  /** Facts about this machine from a plug-in. */
  public Optional<HostFacts> host() {
    return host;
  }

  /** The system's log, which covers times when the agent did not run. */
  public Optional<SystemLog> log() {
    return log;
  }

  /** The transport of the control channel; empty if this system has none. */
  public Optional<ControlTransport> control() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return control.or(() -> posix ? Optional.of(new UnixTransport()) : Optional.empty());
  }
}
