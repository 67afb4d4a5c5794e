package io.sessionbridge.windows.access;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinBase.SECURITY_ATTRIBUTES;
import com.sun.jna.platform.win32.WinDef.DWORD;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import io.sessionbridge.windows.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owners and access lists, through kernel32.dll and advapi32.dll. Every operation uses a handle of
 * the file, so that the checked file is the one that is changed. Calls and frees, no other logic.
 */
final class NativeFileSecurity implements FileSecurity {

  /** Functions that jna-platform lacks. */
  interface MoreKernel32 extends StdCallLibrary {
    MoreKernel32 INSTANCE =
        Native.load("kernel32", MoreKernel32.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean GetFileInformationByHandle(HANDLE file, Pointer information);
  }

  /** Functions that jna-platform lacks. */
  interface MoreAdvapi32 extends StdCallLibrary {
    MoreAdvapi32 INSTANCE =
        Native.load("advapi32", MoreAdvapi32.class, W32APIOptions.DEFAULT_OPTIONS);

    boolean ConvertStringSecurityDescriptorToSecurityDescriptor(
        String text, int revision, PointerByReference descriptor, @Nullable IntByReference size);

    boolean GetKernelObjectSecurity(
        HANDLE object,
        int information,
        @Nullable Pointer descriptor,
        int length,
        IntByReference needed);

    boolean SetKernelObjectSecurity(HANDLE object, int information, Pointer descriptor);
  }

  /** Inherits nothing; full access for SYSTEM and administrators, inherited by its content. */
  private static final String FOLDER_ACCESS = "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

  private static final String FILE_ACCESS = "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)";

  /** Privileges that let an administrator override access lists. */
  private static final List<String> PRIVILEGES =
      List.of(WinNT.SE_BACKUP_NAME, WinNT.SE_RESTORE_NAME, WinNT.SE_TAKE_OWNERSHIP_NAME);

  // winerror.h, winnt.h, winioctl.h, sddl.h, fileapi.h
  private static final int ERROR_FILE_NOT_FOUND = 2;
  private static final int ERROR_PATH_NOT_FOUND = 3;
  private static final int ERROR_ALREADY_EXISTS = 183;
  private static final int ERROR_NOT_A_REPARSE_POINT = 4390;
  private static final int FSCTL_GET_REPARSE_POINT = 0x0009_00A8;
  private static final int MAXIMUM_REPARSE_DATA_BUFFER_SIZE = 16 << 10;
  private static final int SDDL_REVISION_1 = 1;
  private static final int OWNER_SECURITY_INFORMATION = 0x1;
  private static final int DACL_SECURITY_INFORMATION = 0x4;
  private static final int PROTECTED_DACL_SECURITY_INFORMATION = 0x8000_0000;
  private static final int FILE_ATTRIBUTE_DIRECTORY = 0x10;
  private static final int FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
  private static final int FILE_FLAG_OPEN_REPARSE_POINT = 0x0020_0000;
  private static final int BY_HANDLE_FILE_INFORMATION = 52;
  private static final int NUMBER_OF_LINKS = 40;
  private static final int SHARE_ALL =
      WinNT.FILE_SHARE_READ | WinNT.FILE_SHARE_WRITE | WinNT.FILE_SHARE_DELETE;
  private static final int TO_LOOK = WinNT.READ_CONTROL | WinNT.FILE_READ_ATTRIBUTES;
  private static final int TO_OWN =
      TO_LOOK | WinNT.WRITE_DAC | WinNT.WRITE_OWNER | WinNT.FILE_READ_DATA;

  /** Longer paths need a prefix. */
  private static final int LONG_PATH = 240;

  @Override
  public Optional<FileFacts> look(Path path) throws IOException {
    HANDLE handle = open(path, TO_LOOK, SHARE_ALL);
    if (isInvalid(handle)) {
      int error = Native.getLastError();
      if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) {
        return Optional.empty();
      }
      throw failed(path, "CreateFile", error);
    }
    try {
      return Optional.of(facts(path, handle));
    } finally {
      Kernel32.INSTANCE.CloseHandle(handle);
    }
  }

  private static FileFacts facts(Path path, HANDLE handle) throws IOException {
    try (Memory information = new Memory(BY_HANDLE_FILE_INFORMATION)) {
      if (!MoreKernel32.INSTANCE.GetFileInformationByHandle(handle, information)) {
        throw failed(path, "GetFileInformationByHandle", Native.getLastError());
      }
      int attributes = information.getInt(0);
      return new FileFacts(
          (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0,
          (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0,
          information.getInt(NUMBER_OF_LINKS),
          security(path, handle));
    }
  }

  private static SecurityDescriptor security(Path path, HANDLE handle) throws IOException {
    int wanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    IntByReference needed = new IntByReference();
    MoreAdvapi32.INSTANCE.GetKernelObjectSecurity(handle, wanted, null, 0, needed);
    int error = Native.getLastError();
    if (needed.getValue() <= 0) {
      throw failed(path, "GetKernelObjectSecurity", error);
    }
    try (Memory descriptor = new Memory(needed.getValue())) {
      if (!MoreAdvapi32.INSTANCE.GetKernelObjectSecurity(
          handle, wanted, descriptor, needed.getValue(), needed)) {
        throw failed(path, "GetKernelObjectSecurity", Native.getLastError());
      }
      return SecurityDescriptor.parse(descriptor.getByteArray(0, (int) descriptor.size()));
    }
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    }
  }

  @Override
  public Optional<Path> step(Path link) throws IOException {
    HANDLE handle = open(link, TO_LOOK, SHARE_ALL);
    if (isInvalid(handle)) {
      throw failed(link, "CreateFile", Native.getLastError());
    }
    try (Memory data = new Memory(MAXIMUM_REPARSE_DATA_BUFFER_SIZE)) {
      IntByReference length = new IntByReference();
      if (!Kernel32.INSTANCE.DeviceIoControl(
          handle, FSCTL_GET_REPARSE_POINT, null, 0, data, (int) data.size(), length, null)) {
        int error = Native.getLastError();
        if (error == ERROR_NOT_A_REPARSE_POINT) {
          return Optional.empty();
        }
        throw failed(link, "DeviceIoControl(FSCTL_GET_REPARSE_POINT)", error);
      }
      return ReparsePoint.parse(data.getByteArray(0, length.getValue()))
          .map(target -> link.resolveSibling(target.name()).toAbsolutePath().normalize());
    } catch (IllegalArgumentException e) { // invalid lengths, or a name that is not a path
      throw new IOException(link + " leads to something unknown: " + e.getMessage(), e);
    } finally {
      Kernel32.INSTANCE.CloseHandle(handle);
    }
  }

  @Override
  public Path resolve(Path link) throws IOException {
    return link.toRealPath();
  }

  @Override
  public boolean create(Path folder) throws IOException {
    Pointer descriptor = descriptor(FOLDER_ACCESS);
    try {
      SECURITY_ATTRIBUTES attributes = new SECURITY_ATTRIBUTES();
      attributes.dwLength = new DWORD(attributes.size());
      attributes.lpSecurityDescriptor = descriptor;
      if (Kernel32.INSTANCE.CreateDirectory(name(folder), attributes)) {
        return true;
      }
      int error = Native.getLastError();
      if (error == ERROR_ALREADY_EXISTS) {
        return false;
      }
      throw failed(folder, "CreateDirectory", error);
    } finally {
      Kernel32.INSTANCE.LocalFree(descriptor);
    }
  }

  @Override
  public void own(Path path) throws IOException {
    List<Advapi32Util.Privilege> privileges = enablePrivileges();
    Pointer ofFolders = descriptor(FOLDER_ACCESS);
    Pointer ofFiles = descriptor(FILE_ACCESS);
    try {
      own(path, ofFolders, ofFiles);
    } finally {
      Kernel32.INSTANCE.LocalFree(ofFolders);
      Kernel32.INSTANCE.LocalFree(ofFiles);
      privileges.forEach(Advapi32Util.Privilege::close);
    }
  }

  /** A service lacks these privileges, and does not need them. */
  private static List<Advapi32Util.Privilege> enablePrivileges() {
    List<Advapi32Util.Privilege> enabled = new ArrayList<>();
    for (String name : PRIVILEGES) {
      enable(name).ifPresent(enabled::add);
    }
    return enabled;
  }

  private static Optional<Advapi32Util.Privilege> enable(String name) {
    try {
      return Optional.of(new Advapi32Util.Privilege(name).enable());
    } catch (Win32Exception e) {
      return Optional.empty(); // operations that need it will fail with their own error
    }
  }

  /** The open handle prevents writes, and renames of the path or a folder above. */
  private void own(Path path, Pointer ofFolders, Pointer ofFiles) throws IOException {
    HANDLE handle = open(path, TO_OWN, WinNT.FILE_SHARE_READ);
    if (isInvalid(handle)) {
      throw failed(path, "CreateFile", Native.getLastError());
    }
    try {
      FileFacts facts = facts(path, handle);
      if (facts.link() || (!facts.folder() && facts.names() > 1)) {
        throw new IOException(path + " is a link or has a hard link");
      }
      if (!MoreAdvapi32.INSTANCE.SetKernelObjectSecurity(
          handle,
          OWNER_SECURITY_INFORMATION
              | DACL_SECURITY_INFORMATION
              | PROTECTED_DACL_SECURITY_INFORMATION,
          facts.folder() ? ofFolders : ofFiles)) {
        throw failed(path, "SetKernelObjectSecurity", Native.getLastError());
      }
      if (facts.folder()) {
        for (Path child : list(path)) {
          own(child, ofFolders, ofFiles);
        }
      }
    } finally {
      Kernel32.INSTANCE.CloseHandle(handle);
    }
  }

  private static Pointer descriptor(String text) throws IOException {
    PointerByReference descriptor = new PointerByReference();
    if (!MoreAdvapi32.INSTANCE.ConvertStringSecurityDescriptorToSecurityDescriptor(
        text, SDDL_REVISION_1, descriptor, null)) {
      throw new IOException(
          "ConvertStringSecurityDescriptorToSecurityDescriptor failed with "
              + ErrorCode.text(Native.getLastError()));
    }
    return descriptor.getValue();
  }

  /** Opens the file itself, including folders and links. */
  private static HANDLE open(Path path, int rights, int share) {
    return Kernel32.INSTANCE.CreateFile(
        name(path),
        rights,
        share,
        null,
        WinNT.OPEN_EXISTING,
        WinNT.FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT,
        null);
  }

  private static boolean isInvalid(HANDLE handle) {
    return WinBase.INVALID_HANDLE_VALUE.equals(handle);
  }

  private static String name(Path path) {
    String name = path.toString();
    return name.length() > LONG_PATH && name.charAt(1) == ':' ? "\\\\?\\" + name : name;
  }

  private static IOException failed(Path path, String call, int error) {
    return new IOException(call + " of " + path + " failed with " + ErrorCode.text(error));
  }

  @Override
  public String name(String sid) {
    try {
      return Advapi32Util.getAccountBySid(sid).fqn;
    } catch (Win32Exception e) {
      return sid; // the account is deleted or in another domain
    }
  }
}
