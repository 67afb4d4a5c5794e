package io.sessionbridge.sink.mqtt;

import java.io.IOException;

/** The way to the broker is not open. */
final class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it went. */
  enum Step {
    NAME,
    TCP,
    PROXY,
    FILES,
    TLS,
    WEB_SOCKET
  }

  private final Step step;
  private final IOException inStep;

  DialException(Step step, IOException cause) {
    super(cause.getMessage(), cause);
    this.step = step;
    this.inStep = cause;
  }

  Step step() {
    return step;
  }

  /** What went wrong in it. */
  IOException inStep() {
    return inStep;
  }
}
