package io.sessionbridge.windows.session.calls;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinReg;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Kernel32;
import io.sessionbridge.windows.session.calls.WindowsLibraries.Ntdll;
import io.sessionbridge.windows.session.decode.BootTime;
import io.sessionbridge.windows.session.decode.SmbiosTable;
import io.sessionbridge.windows.session.decode.WideText;
import java.util.Optional;
import java.util.UUID;

/** The native calls. Each copies the results into values. */
public final class NativeMachineCalls implements MachineCalls {

  /** DNS allows 255; Windows fails if the name is longer than this. */
  private static final int NAME_ROOM = 1024;

  /** {@code 'RSMB'}. */
  private static final int SMBIOS = 0x52534D42;

  private static final int SYSTEM_TIME_OF_DAY = 3;

  @Override
  public String name(Name what) throws CallException {
    try (Memory name = new Memory((long) NAME_ROOM * Character.BYTES)) {
      IntByReference chars = new IntByReference(NAME_ROOM);
      if (!Kernel32.INSTANCE.GetComputerNameExW(what.format, name, chars)) {
        throw new CallException("GetComputerNameEx", Native.getLastError());
      }
      return WideText.inField(name, 0, chars.getValue());
    }
  }

  @Override
  public String machineGuid() throws CallException {
    try {
      return Advapi32Util.registryGetStringValue(
          WinReg.HKEY_LOCAL_MACHINE,
          "SOFTWARE\\Microsoft\\Cryptography",
          "MachineGuid",
          WinNT.KEY_WOW64_64KEY);
    } catch (Win32Exception e) {
      throw new CallException("RegQueryValueEx of MachineGuid", e.getErrorCode());
    }
  }

  @Override
  public Optional<UUID> smbiosUuid() throws CallException {
    int size = Kernel32.INSTANCE.GetSystemFirmwareTable(SMBIOS, 0, null, 0);
    if (size <= 0) {
      throw new CallException("GetSystemFirmwareTable", Native.getLastError());
    }
    try (Memory table = new Memory(size)) {
      int got = Kernel32.INSTANCE.GetSystemFirmwareTable(SMBIOS, 0, table, size);
      if (got <= 0 || got > size) {
        throw new CallException("GetSystemFirmwareTable", Native.getLastError());
      }
      return SmbiosTable.systemUuid(table, got);
    }
  }

  @Override
  public Optional<String> bootId() throws CallException {
    try (Memory time = new Memory(BootTime.SIZE)) {
      time.clear();
      int status =
          Ntdll.INSTANCE.NtQuerySystemInformation(SYSTEM_TIME_OF_DAY, time, BootTime.SIZE, null);
      if (status != 0) {
        throw new CallException("NtQuerySystemInformation", status);
      }
      return BootTime.id(time);
    }
  }
}
