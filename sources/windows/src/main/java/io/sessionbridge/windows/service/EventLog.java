package io.sessionbridge.windows.service;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.ApplicationLog;
import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.util.List;
import java.util.Optional;

/** The application log of Windows, where administrators look for what a service cannot do. */
public final class EventLog {

  /**
   * The number of these entries; a message file has the text {@code %1} for it. EventCreate.exe,
   * the message file of a service without one of its own, has 1 to 1000, all of them so.
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

  /** Fails silently: it is the last resort itself. */
  private static void write(String source, LogEntry.Type type, String text) {
    try (LogWriter log = new ApplicationLog()) {
      if (log.open(source) == ErrorCode.NONE) {
        int unused = log.write(new LogEntry(type, 0, EVENT_ID, Optional.empty(), List.of(text)));
      }
    }
  }
}
