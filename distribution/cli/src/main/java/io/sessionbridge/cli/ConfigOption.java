package io.sessionbridge.cli;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.config.ConfigLayers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config}, shared by several commands. */
public final class ConfigOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file. Default: conf/sessionbridge.yaml in the program's folder.")
  private @Nullable Path file;

  public Path file() {
    return file == null ? Home.defaultConfig() : file;
  }

  /** The file; empty if none was given and the default file does not exist. */
  public Optional<Path> existingFile() {
    return file == null && !Files.exists(Home.defaultConfig())
        ? Optional.empty()
        : Optional.of(file());
  }

  public BridgeConfig read(Injector injector) {
    return read(injector, ConfigLayers.Judge.ANY);
  }

  /** Like {@link #read(Injector)}, for a configuration that will run. */
  public BridgeConfig read(Injector injector, ConfigLayers.Judge judge) {
    return BridgeConfigReader.read(file(), injector.getInstance(Plugins.class), judge);
  }
}
