package io.sessionbridge.sink.mqtt.link;

import io.sessionbridge.tcp.Deadline;
import java.util.Optional;

/** Makes connections with one version of MQTT. */
public interface Transport {

  /**
   * What a CONNECT says.
   *
   * @param password empty if there is no user
   * @param will what the broker is to publish if the connection breaks
   */
  public record Greeting(
      String clientId,
      Optional<String> username,
      Optional<String> password,
      int keepAliveSeconds,
      Optional<Publication> will,
      int maxInFlight,
      long maxPacketBytes) {}

  /**
   * Says CONNECT over an open socket and waits for the CONNACK. If that fails, the socket is closed
   * and no thread is left.
   */
  Link connect(OpenSocket socket, Greeting greeting, Deadline deadline, Link.Watcher watcher)
      throws LinkException, InterruptedException;
}
