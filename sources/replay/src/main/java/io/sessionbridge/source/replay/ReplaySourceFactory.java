package io.sessionbridge.source.replay;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.storage.FileStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Creates replay sources. */
final class ReplaySourceFactory implements SourceFactory<ReplaySourceConfig> {

  @Override
  public String description() {
    return "replays recorded events from a file of JSON lines or from standard input";
  }

  @Override
  public ConfigSpec<ReplaySourceConfig> config() {
    return ReplaySourceConfig.SPEC;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Optional<String> endless(ReplaySourceConfig config) {
    return config.follow() ? Optional.of("follow: true") : Optional.empty();
  }

  @Override
  public List<Path> reads(ReplaySourceConfig config) {
    return config.isStandardInput() ? List.of() : List.of(config.path());
  }

  @Override
  public boolean readsStandardInput(ReplaySourceConfig config) {
    return config.isStandardInput();
  }

  @Override
  public boolean mayRead(ReplaySourceConfig config, Path file) {
    Path name = file.getFileName();
    Path folder = file.toAbsolutePath().normalize().getParent();
    return name != null
        && folder != null
        && !config.isStandardInput()
        && folder.equals(config.path().toAbsolutePath().normalize().getParent())
        && config
            .rotated()
            .map(ReplaySourceConfig::matcher)
            .filter(m -> m.matches(name))
            .isPresent();
  }

  @Override
  public List<Path> needs(ReplaySourceConfig config) {
    return config.follow() ? List.of() : reads(config);
  }

  @Override
  public Source create(SourceContext context, ReplaySourceConfig config) {
    return new ReplaySource(context, config, System.in, new FileStorage());
  }
}
