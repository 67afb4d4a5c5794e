package io.sessionbridge.sink.mqtt.topic;

/** A part of the state that can also have its own topics. */
enum Detail {
  /** Whether the host is in use. */
  ACTIVITY,
  /** Each open session. */
  SESSION
}
