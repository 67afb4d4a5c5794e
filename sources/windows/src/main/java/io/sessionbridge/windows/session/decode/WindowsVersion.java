package io.sessionbridge.windows.session.decode;

/** The version of Windows, for instance 10.0, or 6.1 for Windows 7. */
public record WindowsVersion(int major, int minor) {

  /**
   * Windows 7 and Server 2008 R2 swap the flags for locked and unlocked, "due to a code defect"
   * (documentation of {@code WTSINFOEX_LEVEL1}).
   */
  boolean swapsLockFlags() {
    return major == 6 && minor == 1;
  }
}
