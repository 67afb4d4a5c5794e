package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;

/** What the core gives a source. Everything in it is safe for use by several threads. */
public interface SourceContext {

  /** The entry's id in the configuration. */
  String id();

  /** The type's name. */
  String type();

  /** Where the source's observations go. */
  Intake intake();

  Clock clock();

  /** This machine. */
  Host host();

  /** A folder of this source's own, below the data directory; it exists once start is called. */
  Path dataFolder();

  Metrics metrics();
}
