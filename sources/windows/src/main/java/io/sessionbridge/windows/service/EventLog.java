package io.sessionbridge.windows.service;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLE;

/** The application log of Windows, where administrators look for what a service cannot do. */
public final class EventLog {

  // winnt.h
  private static final int EVENTLOG_ERROR_TYPE = 0x1;
  private static final int EVENTLOG_WARNING_TYPE = 0x2;

  /** EventCreate.exe, the message file of our source, has 1 to 1000, all of them "%1". */
  private static final int EVENT_ID = 1;

  private EventLog() {}

  /**
   * Writes an error.
   *
   * @param source the service's name
   */
  public static void error(String source, String text) {
    write(source, EVENTLOG_ERROR_TYPE, text);
  }

  public static void warn(String source, String text) {
    write(source, EVENTLOG_WARNING_TYPE, text);
  }

  /** Fails silently: it is the last resort itself. */
  private static void write(String source, int type, String text) {
    HANDLE log = Advapi32.INSTANCE.RegisterEventSource(null, source);
    if (log == null) {
      return;
    }
    try {
      Advapi32.INSTANCE.ReportEvent(log, type, 0, EVENT_ID, null, 1, 0, new String[] {text}, null);
    } finally {
      Advapi32.INSTANCE.DeregisterEventSource(log);
    }
  }
}
