package io.sessionbridge.sink.mqtt.link;

import io.sessionbridge.tcp.Deadline;
import java.util.Optional;

/** Creates connections with one version of MQTT. */
public interface Transport {

  /**
   * The content of a CONNECT.
   *
   * @param password empty if there is no user
   * @param will published by the broker if the connection breaks
   */
  public record ConnectRequest(
      String clientId,
      Optional<String> username,
      Optional<String> password,
      int keepAliveSeconds,
      Optional<Publication> will,
      int maxInFlight,
      long maxPacketBytes) {}

  /**
   * Sends a CONNECT over an open socket and waits for the CONNACK. If that fails, the socket is
   * closed and no thread keeps running.
   */
  Link connect(OpenSocket socket, ConnectRequest request, Deadline deadline, Link.Watcher watcher)
      throws LinkException, InterruptedException;
}
