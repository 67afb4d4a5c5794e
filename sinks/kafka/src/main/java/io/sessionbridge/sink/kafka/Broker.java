package io.sessionbridge.sink.kafka;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.text.UntrustedText;

/**
 * A broker as the cluster advertises it. After the first response the client connects to these
 * addresses, whatever {@code bootstrap_servers} contains.
 */
record Broker(int id, HostPort address) {

  /** For messages. */
  @Override
  public String toString() {
    return "broker " + id + " advertises " + UntrustedText.part(address.toString());
  }
}
