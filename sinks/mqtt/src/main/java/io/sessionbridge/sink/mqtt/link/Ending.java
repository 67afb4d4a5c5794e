package io.sessionbridge.sink.mqtt.link;

import java.util.Optional;

/** Why a connection ended or could not be established. */
public sealed interface Ending {

  /**
   * The broker refused or ended it, with a CONNACK or DISCONNECT.
   *
   * @param reason an MQTT 5 reason code; the return codes of 3.1.1 are translated
   * @param text the reason string of the broker, with version 5
   */
  record Refused(int reason, Optional<String> text) implements Ending {}

  /** The broker or the network ended it. */
  record Closed(Optional<Throwable> cause) implements Ending {}

  /** The broker did not answer in time. */
  record Silent() implements Ending {}

  /** The client library failed. */
  record Broken(Throwable cause) implements Ending {}
}
