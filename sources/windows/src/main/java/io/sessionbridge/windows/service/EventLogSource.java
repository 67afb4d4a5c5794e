package io.sessionbridge.windows.service;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.platform.win32.WinReg.HKEY;
import io.sessionbridge.windows.ErrorCode;
import java.util.Optional;

/**
 * The registry key with which the event viewer finds the message texts of a service ("Event
 * Sources" in Microsoft's event log documentation).
 */
final class EventLogSource {

  private static final HKEY ROOT = WinReg.HKEY_LOCAL_MACHINE;
  private static final String PARENT = "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application";

  /** Maps the ids 1 to 1000 to the message "%1". */
  private static final String MESSAGE_FILE = "%SystemRoot%\\System32\\EventCreate.exe";

  private static final String CATEGORY_FILE = "CategoryMessageFile";
  private static final String CATEGORY_COUNT = "CategoryCount";

  /** Errors, warnings and information. */
  private static final int ALL_TYPES = 7;

  private EventLogSource() {}

  static int add(String name, Optional<EventMessages> messages) {
    String key = PARENT + "\\" + name;
    try {
      Advapi32Util.registryCreateKey(ROOT, PARENT, name);
      setFile(key, "EventMessageFile", messages.map(EventLogSource::text).orElse(MESSAGE_FILE));
      Advapi32Util.registrySetIntValue(ROOT, key, "TypesSupported", ALL_TYPES);
      if (messages.isPresent()) {
        setFile(key, CATEGORY_FILE, text(messages.get()));
        Advapi32Util.registrySetIntValue(ROOT, key, CATEGORY_COUNT, messages.get().categories());
      } else { // left by an earlier installation
        forget(key, CATEGORY_FILE);
        forget(key, CATEGORY_COUNT);
      }
      return ErrorCode.NONE;
    } catch (Win32Exception e) {
      return e.getErrorCode();
    }
  }

  private static String text(EventMessages messages) {
    return messages.file().toAbsolutePath().normalize().toString();
  }

  private static void setFile(String key, String value, String file) {
    Advapi32Util.registrySetExpandableStringValue(ROOT, key, value, file);
  }

  private static void forget(String key, String value) {
    if (Advapi32Util.registryValueExists(ROOT, key, value)) {
      Advapi32Util.registryDeleteValue(ROOT, key, value);
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
