package io.sessionbridge.source.sens;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.windows.com.SensNotifications;
import io.sessionbridge.windows.com.SensSettings;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates sens sources. */
final class SensSourceFactory implements SourceFactory<SensSourceConfig> {

  private final Supplier<Optional<SessionDirectory>> directory;

  SensSourceFactory(Supplier<Optional<SessionDirectory>> directory) {
    this.directory = directory;
  }

  @Override
  public String description() {
    return "receives screen saver and shell start of this Windows machine through SENS";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public ConfigSpec<SensSourceConfig> config() {
    return SensSourceConfig.SPEC;
  }

  @Override
  public Source create(SourceContext context, SensSourceConfig config) {
    // Distinguishes two agents on one machine, and is the same at every start.
    String owner = context.dataFolder().toAbsolutePath().toString();
    SensSettings settings = new SensSettings(owner, config.perUser(), config.invokeOnly());
    String threadName = "source-" + context.id() + "-com";
    return new SensSource(
        context,
        new SensTranslator(new SensSessions(directory)),
        listener -> new SensNotifications(threadName, settings, listener));
  }
}
