package io.sessionbridge.sink.kafka;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.text.UntrustedText;

/**
 * A broker as the cluster advertises it. What the client connects to after the first answer,
 * whatever {@code bootstrap_servers} says.
 */
record Broker(int id, HostPort address) {

  /** For messages. */
  @Override
  public String toString() {
    return "broker " + id + " advertises " + UntrustedText.part(address.toString());
  }
}
