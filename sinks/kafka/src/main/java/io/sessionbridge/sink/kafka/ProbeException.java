package io.sessionbridge.sink.kafka;

import java.io.IOException;

/** Thrown for a server that the Kafka client must not or cannot use. The message says why. */
final class ProbeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean foreign;

  private ProbeException(String message, boolean foreign, Throwable cause) {
    super(message, cause);
    this.foreign = foreign;
  }

  /** It cannot be reached or does not answer. That may be temporary and is safe for the client. */
  static ProbeException away(String message, Throwable cause) {
    return new ProbeException(message, false, cause);
  }

  /**
   * It speaks another protocol. The client would read the first four bytes of its response as a
   * length, and allocate it.
   */
  static ProbeException foreign(String message, Throwable cause) {
    return new ProbeException(message, true, cause);
  }

  boolean isForeign() {
    return foreign;
  }
}
