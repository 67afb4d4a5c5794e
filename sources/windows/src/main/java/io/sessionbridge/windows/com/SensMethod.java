package io.sessionbridge.windows.com;

/**
 * The methods of SENS' two logon interfaces. A logon, a logoff and the start of a shell are
 * reported through both, in no fixed order ({@code sensevts.h}).
 */
public enum SensMethod {
  /** {@code ISensLogon.Logon}. */
  LOGON("Logon", 1, false),
  /** {@code ISensLogon.Logoff}. */
  LOGOFF("Logoff", 2, false),
  START_SHELL("StartShell", 3, false),
  DISPLAY_LOCK("DisplayLock", 4, false),
  DISPLAY_UNLOCK("DisplayUnlock", 5, false),
  START_SCREEN_SAVER("StartScreenSaver", 6, false),
  STOP_SCREEN_SAVER("StopScreenSaver", 7, false),

  /** {@code ISensLogon2.Logon}; the shell may not be up yet. */
  SESSION_LOGON("Logon", 1, true),
  /** {@code ISensLogon2.Logoff}. */
  SESSION_LOGOFF("Logoff", 2, true),
  SESSION_DISCONNECT("SessionDisconnect", 3, true),
  SESSION_RECONNECT("SessionReconnect", 4, true),
  /** The user is logged on and the shell is up. */
  POST_SHELL("PostShell", 5, true);

  private final String methodName;
  private final int dispatchId;
  private final boolean hasSession;

  SensMethod(String methodName, int dispatchId, boolean hasSession) {
    this.methodName = methodName;
    this.dispatchId = dispatchId;
    this.hasSession = hasSession;
  }

  /** The name in its interface, for instance {@code DisplayLock}. */
  public String methodName() {
    return methodName;
  }

  /** The number in its interface, from 1. */
  public int dispatchId() {
    return dispatchId;
  }

  /** True for methods of {@code ISensLogon2}, which name the session. */
  public boolean hasSession() {
    return hasSession;
  }
}
