package io.sessionbridge.delivery;

import io.sessionbridge.spi.Sink;

/** Makes the sink of a loop, on the loop's thread. */
@FunctionalInterface
public interface SinkMaker {

  /**
   * A sink that was not connected.
   *
   * @throws Exception if it cannot be made now; it is tried again
   */
  Sink make() throws Exception;
}
