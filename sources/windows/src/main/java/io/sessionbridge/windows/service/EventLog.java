package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.ApplicationLog;
import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.util.List;
import java.util.Optional;

/** The Application log of Windows, where administrators look for service failures. */
public final class EventLog {

  /**
   * The id of these entries; message files map it to {@code %1}. EventCreate.exe, the message file
   * of a service without its own, maps 1 to 1000 that way.
   */
  public static final int EVENT_ID = 1000;

  private EventLog() {}

  /**
   * Writes an error.
   *
   * @param source the service's name
   */
  public static void error(String source, String text) {
    write(source, LogEntry.Type.ERROR, text);
  }

  public static void warn(String source, String text) {
    write(source, LogEntry.Type.WARNING, text);
  }

  /** Fails silently, because it is the last resort. */
  private static void write(String source, LogEntry.Type type, String text) {
    try (LogWriter log = new ApplicationLog()) {
      if (log.open(source) == ErrorCode.NONE) {
        int unused = log.write(new LogEntry(type, 0, EVENT_ID, Optional.empty(), List.of(text)));
      }
    }
  }
}
