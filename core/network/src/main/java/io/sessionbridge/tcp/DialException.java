package io.sessionbridge.tcp;

import java.io.IOException;

/** Thrown if a connection could not be opened. */
public final class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The step that failed. */
  public enum Step {
    /** Resolving the name of the server or the proxy. */
    NAME,
    /** Connecting by TCP. */
    TCP,
    /** The response of the proxy. */
    PROXY,
    /** Reading the files of the TLS settings. */
    FILES,
    /** The TLS handshake. */
    TLS
  }

  private final Step step;
  private final IOException inStep;

  DialException(Step step, IOException cause) {
    super(cause.getMessage(), cause);
    this.step = step;
    this.inStep = cause;
  }

  public Step step() {
    return step;
  }

  /** The failure of the step. */
  public IOException inStep() {
    return inStep;
  }
}
