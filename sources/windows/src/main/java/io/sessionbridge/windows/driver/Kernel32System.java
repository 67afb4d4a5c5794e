package io.sessionbridge.windows.driver;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.ServiceManager;
import io.sessionbridge.windows.service.ServiceReport;
import io.sessionbridge.windows.service.ServiceState;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;

/** The device, through kernel32.dll. */
final class Kernel32System implements DriverSystem {

  private static final WString DEVICE = new WString("\\\\.\\SessionBridge");

  // winnt.h, fileapi.h, winbase.h
  private static final int GENERIC_READ = 0x80000000;
  private static final int SHARE_READ_AND_WRITE = 3;
  private static final int OPEN_EXISTING = 3;
  private static final int FLAG_OVERLAPPED = 0x40000000;
  private static final long INVALID_HANDLE = -1;

  @Override
  public Device open() throws CallException {
    Pointer handle =
        Kernel32Driver.INSTANCE.CreateFileW(
            DEVICE, GENERIC_READ, SHARE_READ_AND_WRITE, null, OPEN_EXISTING, FLAG_OVERLAPPED, null);
    if (Pointer.nativeValue(handle) == INVALID_HANDLE) {
      throw new CallException("CreateFile", Native.getLastError());
    }
    return OverlappedDevice.of(Kernel32Driver.INSTANCE, handle);
  }

  @Override
  public Optional<ServiceState> service() {
    try {
      return new ServiceManager(sentence -> {})
          .report(SessionDriver.SERVICE)
          .map(ServiceReport::state);
    } catch (WindowsException e) {
      return Optional.empty(); // access denied; the advice to install it leads to the same error
    }
  }
}
