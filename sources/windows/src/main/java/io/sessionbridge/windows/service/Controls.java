package io.sessionbridge.windows.service;

/** The service controls that this service handles ({@code winsvc.h}). */
final class Controls {

  static final int STOP = 0x1;
  static final int INTERROGATE = 0x4;
  static final int POWEREVENT = 0xD;
  static final int SESSIONCHANGE = 0xE;
  static final int PRESHUTDOWN = 0xF;
  static final int TIMECHANGE = 0x10;

  private static final int ACCEPT_STOP = 0x1;
  private static final int ACCEPT_POWEREVENT = 0x40;
  private static final int ACCEPT_SESSIONCHANGE = 0x80;
  private static final int ACCEPT_PRESHUTDOWN = 0x100;
  private static final int ACCEPT_TIMECHANGE = 0x200;

  /** Accepted by a running service. Not SHUTDOWN: by then it has stopped at PRESHUTDOWN. */
  static final int ACCEPTED =
      ACCEPT_STOP
          | ACCEPT_POWEREVENT
          | ACCEPT_SESSIONCHANGE
          | ACCEPT_PRESHUTDOWN
          | ACCEPT_TIMECHANGE;

  private Controls() {}
}
