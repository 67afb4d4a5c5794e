package io.sessionbridge.windows.service;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEY;
import io.sessionbridge.windows.ErrorCode;

/** The registry key by which the event viewer finds the text of a service's messages. */
final class EventLogSource {

  private static final HKEY ROOT = WinReg.HKEY_LOCAL_MACHINE;
  private static final String PARENT = "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application";

  /** Has the message "%1" under the numbers 1 to 1000. */
  private static final String MESSAGE_FILE = "%SystemRoot%\\System32\\EventCreate.exe";

  /** Errors, warnings and information. */
  private static final int ALL_TYPES = 7;

  private EventLogSource() {}

  static int add(String name) {
    String key = PARENT + "\\" + name;
    try {
      Advapi32Util.registryCreateKey(ROOT, PARENT, name);
      Advapi32Util.registrySetExpandableStringValue(ROOT, key, "EventMessageFile", MESSAGE_FILE);
      Advapi32Util.registrySetIntValue(ROOT, key, "TypesSupported", ALL_TYPES);
      return ErrorCode.NONE;
    } catch (Win32Exception e) {
      return e.getErrorCode();
    }
  }

  static int remove(String name) {
    try {
      if (Advapi32Util.registryKeyExists(ROOT, PARENT + "\\" + name)) {
        Advapi32Util.registryDeleteKey(ROOT, PARENT, name);
      }
      return ErrorCode.NONE;
    } catch (Win32Exception e) {
      return e.getErrorCode();
    }
  }
}
