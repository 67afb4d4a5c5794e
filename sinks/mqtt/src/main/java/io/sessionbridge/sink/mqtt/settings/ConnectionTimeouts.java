package io.sessionbridge.sink.mqtt.settings;

import java.time.Duration;

/**
 * The timeouts of the sink.
 *
 * @param connect until the CONNACK, including name, proxy and TLS
 * @param acknowledgement since the last one, while others are outstanding
 * @param disconnect for each of the two steps of an orderly end
 */
public record ConnectionTimeouts(Duration connect, Duration acknowledgement, Duration disconnect) {

  public static final ConnectionTimeouts DEFAULT =
      new ConnectionTimeouts(
          Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMillis(700));

  /** The timeout of a connect, for messages. */
  public String seconds() {
    return connect.toMillis() / 1000.0 + " s";
  }
}
