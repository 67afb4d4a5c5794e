package io.sessionbridge.windows.pipe;

import io.sessionbridge.windows.ErrorCode;
import java.io.IOException;

/** A failed pipe operation. */
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

  /** No pipe has that name. */
  static PipeException notFound(String name) {
    return new PipeException(ERROR_FILE_NOT_FOUND, "nobody listens at " + name);
  }

  /** Whether the pipe does not exist. */
  public boolean isNotFound() {
    return error == ERROR_FILE_NOT_FOUND;
  }

  /** The code of {@code winerror.h}; 0 if no Windows call failed. */
  public int error() {
    return error;
  }
}
