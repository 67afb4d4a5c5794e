package io.sessionbridge.spi;

import io.sessionbridge.event.Kind;
import java.util.Set;

/**
 * What a configuration and the plug-ins on the class path provide for one sink.
 *
 * @param liveSource whether a source is live ({@link SourceFactory#isLive})
 * @param sessionDirectory whether a plug-in lists the sessions of this machine; without one the
 *     state of the host stays unknown
 * @param kinds the kinds that {@code select} lets pass
 */
@Evolving
public record SinkEnvironment(boolean liveSource, boolean sessionDirectory, Set<Kind> kinds) {

  public SinkEnvironment {
    kinds = Set.copyOf(kinds);
  }
}
