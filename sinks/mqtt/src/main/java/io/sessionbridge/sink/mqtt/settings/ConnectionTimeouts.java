package io.sessionbridge.sink.mqtt.settings;

import java.time.Duration;

/**
 * How long the sink waits.
 *
 * @param connect from the first packet to the broker's CONNACK, name, proxy, TLS and all
 * @param acknowledgement since the last one, while others are due
 * @param farewell for each of the two steps of a clean end
 */
public record ConnectionTimeouts(Duration connect, Duration acknowledgement, Duration farewell) {

  public static final ConnectionTimeouts DEFAULT =
      new ConnectionTimeouts(
          Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMillis(700));

  /** Of a connect, for messages. */
  public String seconds() {
    return connect.toMillis() / 1000.0 + " s";
  }
}
