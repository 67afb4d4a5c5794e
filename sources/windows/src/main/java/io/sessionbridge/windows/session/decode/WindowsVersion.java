package io.sessionbridge.windows.session.decode;

/** Which Windows it is, for instance 10.0 or, as Windows 7 calls itself, 6.1. */
public record WindowsVersion(int major, int minor) {

  /**
   * Windows 7 and Server 2008 R2 report locked for unlocked and the reverse, "due to a code defect"
   * (documentation of {@code WTSINFOEX_LEVEL1}).
   */
  boolean swapsLockFlags() {
    return major == 6 && minor == 1;
  }
}
