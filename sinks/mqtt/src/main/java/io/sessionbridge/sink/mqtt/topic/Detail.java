package io.sessionbridge.sink.mqtt.topic;

/** A part of the state that also has topics of its own, if the configuration asks for it. */
enum Detail {
  /** Whether the host is used. */
  ACTIVITY,
  /** Each open session. */
  SESSION
}
