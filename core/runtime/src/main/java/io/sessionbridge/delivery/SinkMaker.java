package io.sessionbridge.delivery;

import io.sessionbridge.spi.Sink;

/** Creates the sink of a loop, on the loop's thread. */
@FunctionalInterface
public interface SinkMaker {

  /**
   * Creates a sink without connecting it.
   *
   * @throws Exception if it cannot be created now; the loop retries
   */
  Sink make() throws Exception;
}
