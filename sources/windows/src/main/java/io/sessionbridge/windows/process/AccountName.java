package io.sessionbridge.windows.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Accounts;
import java.util.Optional;

/** Looks up the name of a SID. */
final class AccountName {

  private static final String CALL = "LookupAccountSid";

  // winerror.h
  private static final int ERROR_INSUFFICIENT_BUFFER = 122;

  /** The SID has no name: for instance a logon SID, or the SID of a deleted user. */
  private static final int ERROR_NONE_MAPPED = 1332;

  private static final int ROOM = 256;

  private AccountName() {}

  /**
   * Queries Windows, which may query a domain controller.
   *
   * @return {@code DOMAIN\name}; empty if the SID has no name
   * @throws ProcessException if the lookup fails
   */
  static Optional<String> of(Pointer sid) throws ProcessException {
    IntByReference nameLength = new IntByReference(ROOM);
    IntByReference domainLength = new IntByReference(ROOM);
    while (true) {
      int nameRoom = nameLength.getValue();
      int domainRoom = domainLength.getValue();
      char[] name = new char[nameRoom];
      char[] domain = new char[domainRoom];
      if (Accounts.INSTANCE.LookupAccountSidW(
          null, sid, name, nameLength, domain, domainLength, new IntByReference())) {
        return Optional.of(
            text(
                new String(domain, 0, domainLength.getValue()),
                new String(name, 0, nameLength.getValue())));
      }
      int error = Native.getLastError();
      boolean grows = nameLength.getValue() > nameRoom || domainLength.getValue() > domainRoom;
      if (error != ERROR_INSUFFICIENT_BUFFER || !grows) {
        return none(error);
      }
      nameLength.setValue(Math.max(nameRoom, nameLength.getValue()));
      domainLength.setValue(Math.max(domainRoom, domainLength.getValue()));
    }
  }

  static String text(String domain, String name) {
    return domain.isEmpty() ? name : domain + "\\" + name;
  }

  /** A domain controller that does not answer does not prove that there is no name. */
  static Optional<String> none(int error) throws ProcessException {
    if (error != ERROR_NONE_MAPPED) {
      throw new ProcessException(CALL, error);
    }
    return Optional.empty();
  }
}
