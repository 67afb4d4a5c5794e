package io.sessionbridge.bridge;

import com.google.inject.Inject;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.ingest.WatchIntake;
import java.io.IOException;

/** Creates watches. */
public final class WatchFactory {

  private static final String ID = "watch";

  private final Plugins plugins;
  private final Clock clock;

  @Inject
  WatchFactory(Plugins plugins, Clock clock) {
    this.plugins = plugins;
    this.clock = clock;
  }

  /**
   * Creates a watch without starting it.
   *
   * @param entry the source's entry as in a configuration, for instance {@code type: wts}
   * @param onStopRequest called by any thread when the source asks the program to end
   * @throws ConfigException if the entry is not valid on this machine
   */
  public Watch create(String entry, WatchIntake.Viewer viewer, Runnable onStopRequest)
      throws IOException {
    SourceEntry source = BridgeConfigReader.parseSource(ID, entry, plugins);
    return Watch.of(source, plugins, clock, viewer, onStopRequest);
  }
}
