package io.sessionbridge.windows.window;

/** Window messages that the library handles or posts ({@code winuser.h}). */
final class WindowMessage {

  static final int WM_DESTROY = 0x0002;

  static final int WM_CLOSE = 0x0010;

  static final int WM_POWERBROADCAST = 0x0218;

  static final int WM_WTSSESSION_CHANGE = 0x02B1;

  /** {@code WM_APP} + 1: requests the window's thread to register again. */
  static final int WM_REGISTER_AGAIN = 0x8001;

  private WindowMessage() {}
}
