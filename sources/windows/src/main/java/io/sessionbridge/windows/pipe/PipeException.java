package io.sessionbridge.windows.pipe;

import io.sessionbridge.windows.ErrorCode;
import java.io.IOException;

/** A pipe that cannot be used. */
public final class PipeException extends IOException {
  private static final long serialVersionUID = 1L;

  // winerror.h
  private static final int ERROR_FILE_NOT_FOUND = 2;

  private final int error;

  PipeException(String message) {
    this(ErrorCode.NONE, message);
  }

  PipeException(String call, int error) {
    this(error, call + " failed with " + ErrorCode.text(error));
  }

  private PipeException(int error, String message) {
    super(message);
    this.error = error;
  }

  /** There is no such pipe. */
  static PipeException nobody(String name) {
    return new PipeException(ERROR_FILE_NOT_FOUND, "nobody listens at " + name);
  }

  /** Whether there is no such pipe. */
  public boolean isNobody() {
    return error == ERROR_FILE_NOT_FOUND;
  }

  /** Of {@code winerror.h}; 0 if Windows refused nothing. */
  public int error() {
    return error;
  }
}
