package io.sessionbridge.e2e;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.WinReg;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Prints what the registry has of the source in the Application log, or that there is nothing. */
final class EventSourcePrinter {

  private static final String KEY =
      "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\SessionBridge";

  private EventSourcePrinter() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (!Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, KEY)) {
      out.println("absent");
      return;
    }
    new TreeMap<>(Advapi32Util.registryGetValues(WinReg.HKEY_LOCAL_MACHINE, KEY))
        .forEach((name, value) -> out.println(name + " = " + value));
  }
}
