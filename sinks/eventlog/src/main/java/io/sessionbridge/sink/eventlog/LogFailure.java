package io.sessionbridge.sink.eventlog;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.LogWriter;

/** Explains the errors of the event log ({@code winerror.h}). */
final class LogFailure {

  private static final int INVALID_HANDLE = 6;
  private static final int NOT_ENOUGH_MEMORY = 8;
  private static final int OUT_OF_MEMORY = 14;
  private static final int INVALID_PARAMETER = 87;
  private static final int NO_SYSTEM_RESOURCES = 1450;
  private static final int EVENTLOG_FILE_CORRUPT = 1500;
  private static final int EVENTLOG_CANT_START = 1501;
  private static final int LOG_FILE_FULL = 1502;
  private static final int EVENTLOG_FILE_CHANGED = 1503;

  /** The range of {@code RPC_S_...} errors, without those of the name service. */
  private static final int FIRST_RPC = 1700;

  private static final int LAST_RPC = 1753;

  private LogFailure() {}

  /** Whether the error concerns only this event. */
  static boolean isOfTheEvent(int error) {
    return error == LogWriter.TOO_LARGE || error == INVALID_PARAMETER;
  }

  /** Whether an event cannot be the cause. */
  static boolean isOfTheLog(int error) {
    return switch (error) {
      case ErrorCode.ACCESS_DENIED,
          INVALID_HANDLE,
          NOT_ENOUGH_MEMORY,
          OUT_OF_MEMORY,
          NO_SYSTEM_RESOURCES,
          EVENTLOG_FILE_CORRUPT,
          EVENTLOG_CANT_START,
          LOG_FILE_FULL,
          EVENTLOG_FILE_CHANGED ->
          true;
      default -> isOfTheService(error);
    };
  }

  private static boolean isOfTheService(int error) {
    return error >= FIRST_RPC && error <= LAST_RPC && error != LogWriter.TOO_LARGE;
  }

  /** The reason for the rejection of an event. */
  static String refusal(int error, int bodyBytes) {
    return error == LogWriter.TOO_LARGE
        ? "its text of " + bodyBytes + " bytes is larger than an entry of the event log"
        : "the event log refuses it with error " + error;
  }

  /** The error, with the remedy. */
  static String text(int error) {
    String what = "the Application log cannot be written: error " + error;
    if (isOfTheService(error) || error == EVENTLOG_CANT_START || error == INVALID_HANDLE) {
      return what + ", the service Windows Event Log does not answer; is it running?";
    }
    return switch (error) {
      case ErrorCode.ACCESS_DENIED -> what + ", the agent's account may not write to it";
      case LOG_FILE_FULL ->
          what + ", it is full and keeps its oldest entries; archive it, or let it overwrite them";
      case EVENTLOG_FILE_CORRUPT, EVENTLOG_FILE_CHANGED ->
          what + ", its file is damaged; clear the log";
      default -> what;
    };
  }
}
