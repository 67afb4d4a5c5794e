package io.sessionbridge.windows.session.calls;

import io.sessionbridge.windows.ErrorCode;

/** A call that Windows refused. */
public final class CallException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int error;

  /**
   * Creates an exception.
   *
   * @param error a code of {@code winerror.h}, or an NTSTATUS
   */
  public CallException(String call, int error) {
    super(call + " failed with " + ErrorCode.text(error), null, false, false);
    this.call = call;
    this.error = error;
  }

  public String call() {
    return call;
  }

  public int error() {
    return error;
  }
}
