package io.sessionbridge.bridge;

import com.google.inject.Inject;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.storage.Storage;

/** Creates a bridge from a configuration. */
public final class BridgeFactory {

  private final Plugins plugins;
  private final Storage storage;
  private final Clock clock;

  @Inject
  BridgeFactory(Plugins plugins, Storage storage, Clock clock) {
    this.plugins = plugins;
    this.storage = storage;
    this.clock = clock;
  }

  /** Creates a bridge without starting it. No I/O. */
  public Bridge create(BridgeConfig config) {
    return new Bridge(config, plugins, storage, clock);
  }
}
