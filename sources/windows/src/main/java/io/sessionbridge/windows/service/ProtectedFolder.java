package io.sessionbridge.windows.service;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder that only the system and administrators may open. */
public final class ProtectedFolder {

  /** What jna-platform lacks. */
  interface Descriptors extends StdCallLibrary {

    Descriptors INSTANCE =
        Native.load("advapi32", Descriptors.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean ConvertStringSecurityDescriptorToSecurityDescriptor(
        String text, int revision, PointerByReference descriptor, @Nullable IntByReference size);

    boolean GetSecurityDescriptorDacl(
        Pointer descriptor, IntByReference present, PointerByReference list, IntByReference given);
  }

  /**
   * Nothing inherited; full access for SYSTEM and for administrators, also to what is made in it.
   */
  private static final String ACCESS = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

  // sddl.h, accctrl.h, winnt.h
  private static final int SDDL_REVISION_1 = 1;
  private static final int SE_FILE_OBJECT = 1;
  private static final int DACL_SECURITY_INFORMATION = 0x4;
  private static final int PROTECTED_DACL_SECURITY_INFORMATION = 0x8000_0000;

  private ProtectedFolder() {}

  /** Takes all others the access to an existing folder and to what is in it. */
  public static void protect(Path folder) throws WindowsException {
    PointerByReference descriptor = new PointerByReference();
    if (!Descriptors.INSTANCE.ConvertStringSecurityDescriptorToSecurityDescriptor(
        ACCESS, SDDL_REVISION_1, descriptor, null)) {
      throw WindowsException.of(
          "ConvertStringSecurityDescriptorToSecurityDescriptor", Native.getLastError());
    }
    try {
      protect(folder, descriptor.getValue());
    } finally {
      Kernel32.INSTANCE.LocalFree(descriptor.getValue());
    }
  }

  private static void protect(Path folder, Pointer descriptor) throws WindowsException {
    PointerByReference list = new PointerByReference();
    if (!Descriptors.INSTANCE.GetSecurityDescriptorDacl(
        descriptor, new IntByReference(), list, new IntByReference())) {
      throw WindowsException.of("GetSecurityDescriptorDacl", Native.getLastError());
    }
    int error =
        Advapi32.INSTANCE.SetNamedSecurityInfo(
            folder.toString(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
            null,
            null,
            list.getValue(),
            null);
    if (error != ErrorCode.NONE) {
      throw WindowsException.of("SetNamedSecurityInfo of " + folder, error);
    }
  }
}
