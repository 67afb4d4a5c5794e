package io.sessionbridge.sink.mqtt.link;

import java.time.Duration;

/**
 * One MQTT connection, from its CONNACK to its end; it never comes back. This and {@link Transport}
 * are all that the rest knows of the client library.
 *
 * <p>Called by the sink's thread. What it tells comes on the library's threads, and whoever is told
 * must only take note.
 */
public interface Link {

  /** Learns the fate of one publication, once. */
  interface Fate {

    /**
     * The broker answered; with QoS 0, the socket took it.
     *
     * @param reason of MQTT 5; 0 with version 3.1.1, which has none
     */
    void answered(int reason);

    /** The connection ended before. Whether the broker has it is unknown. */
    void unknown();
  }

  /** Learns that the connection ended by itself, once. */
  interface Watcher {
    void lost(Ending ending);
  }

  Limits limits();

  /**
   * Sends, without waiting. No more than {@link Limits#inFlight} may be without a fate.
   *
   * @throws LinkException if it was not sent; then its fate is not told
   */
  void publish(Publication publication, Fate fate) throws LinkException;

  /** Ends it in order, so that the broker does not publish the will. */
  void disconnect(Duration atMost);

  /** Ends it at once; the broker publishes the will. Returns when its threads are ending. */
  void abort();
}
