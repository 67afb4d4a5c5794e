package io.sessionbridge.sink.kafka;

import java.io.IOException;

/** A server that the Kafka client must not or cannot use. The message says why. */
final class ProbeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean foreign;

  private ProbeException(String message, boolean foreign, Throwable cause) {
    super(message, cause);
    this.foreign = foreign;
  }

  /** It cannot be reached or says nothing. That may pass, and the client can bear it. */
  static ProbeException away(String message, Throwable cause) {
    return new ProbeException(message, false, cause);
  }

  /**
   * It says something that is not Kafka. The client would take the first four bytes of that for a
   * length, and allocate it.
   */
  static ProbeException foreign(String message, Throwable cause) {
    return new ProbeException(message, true, cause);
  }

  boolean isForeign() {
    return foreign;
  }
}
