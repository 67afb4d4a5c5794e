package io.sessionbridge.sink.mqtt.link;

import java.time.Duration;

/**
 * An MQTT connection, from its CONNACK to its end; it never reconnects. This and {@link Transport}
 * hide the client library.
 *
 * <p>Called by the sink's thread. Callbacks come on the library's threads and must return at once.
 */
public interface Link {

  /** Receives the result of a publication, once. */
  interface PublishCallback {

    /**
     * The broker answered; with QoS 0, the socket accepted it.
     *
     * @param reason an MQTT 5 reason code; 0 with version 3.1.1, which has none
     */
    void answered(int reason);

    /** The connection ended first. Whether the broker received it is unknown. */
    void unknown();
  }

  /** Receives the unexpected end of the connection, once. */
  interface Watcher {
    void lost(Ending ending);
  }

  Limits limits();

  /**
   * Sends without waiting. At most {@link Limits#inFlight} publications may be without a result.
   *
   * @throws LinkException if it was not sent; the callback is then not called
   */
  void publish(Publication publication, PublishCallback callback) throws LinkException;

  /** Disconnects in an orderly way, so that the broker does not publish the will. */
  void disconnect(Duration atMost);

  /** Closes it at once; the broker publishes the will. Returns when its threads are ending. */
  void abort();
}
