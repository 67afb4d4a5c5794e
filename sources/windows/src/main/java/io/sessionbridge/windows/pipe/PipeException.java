package io.sessionbridge.windows.pipe;

import io.sessionbridge.windows.ErrorCode;
import java.io.IOException;

/** A pipe that cannot be used. */
public final class PipeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int error;

  PipeException(String message) {
    super(message);
    this.error = ErrorCode.NONE;
  }

  PipeException(String call, int error) {
    super(call + " failed with " + ErrorCode.text(error));
    this.error = error;
  }

  /** Of {@code winerror.h}; 0 if Windows refused nothing. */
  public int error() {
    return error;
  }
}
