package io.sessionbridge.windows.process;

import io.sessionbridge.windows.ErrorCode;
import java.io.IOException;

/** A program that cannot be started or controlled. */
public final class ProcessException extends IOException {
  private static final long serialVersionUID = 1L;

  // winerror.h
  private static final int ERROR_FILE_NOT_FOUND = 2;
  private static final int ERROR_ELEVATION_REQUIRED = 740;
  private static final int ERROR_NO_TOKEN = 1008;

  private static final String QUERY_USER_TOKEN = "WTSQueryUserToken";

  private final String call;
  private final int error;

  ProcessException(String call, int error) {
    super(call + " failed with " + ErrorCode.text(error));
    this.call = call;
    this.error = error;
  }

  private ProcessException(String message, String call, int error) {
    super(message);
    this.call = call;
    this.error = error;
  }

  /** The session number has been reused for another user. */
  static ProcessException otherUser() {
    return new ProcessException(
        "the session now belongs to another user", QUERY_USER_TOKEN, ERROR_NO_TOKEN);
  }

  /** The user is not an administrator, or Windows returns only the limited token. */
  static ProcessException notAdministrator() {
    return new ProcessException(
        "elevated: Windows grants the session's user no full administrator rights",
        "GetTokenInformation",
        ERROR_ELEVATION_REQUIRED);
  }

  /** The code of {@code winerror.h}. */
  public int error() {
    return error;
  }

  /** Whether the session is gone, or has no logged-on user. A retry would not help. */
  public boolean isUserGone() {
    return call.equals(QUERY_USER_TOKEN)
        && (error == ERROR_NO_TOKEN
            || error == ErrorCode.CTX_WINSTATION_NOT_FOUND
            || error == ERROR_FILE_NOT_FOUND);
  }
}
