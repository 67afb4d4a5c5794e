package io.sessionbridge.tcp;

import java.io.IOException;

/** There is no connection. */
public final class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it went. */
  public enum Step {
    /** The name of the server or of the proxy. */
    NAME,
    /** The TCP connection. */
    TCP,
    /** The proxy's answer. */
    PROXY,
    /** The files of the TLS settings. */
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

  /** What went wrong in it. */
  public IOException inStep() {
    return inStep;
  }
}
