package io.sessionbridge.sink.mqtt.link;

import java.util.Optional;

/** Why a connection ended or was not made. */
public sealed interface Ending {

  /**
   * The broker said so, in its CONNACK or DISCONNECT.
   *
   * @param reason of MQTT 5; the return codes of 3.1.1 are translated
   * @param text of the broker, with version 5
   */
  record Refused(int reason, Optional<String> text) implements Ending {}

  /** The broker or the network ended it. */
  record Closed(Optional<Throwable> cause) implements Ending {}

  /** The broker said nothing within the time. */
  record Silent() implements Ending {}

  /** The client library gave up for a reason of its own. */
  record Broken(Throwable cause) implements Ending {}
}
