package io.sessionbridge.windows.service;

/** What Windows sends along with a control. */
@FunctionalInterface
interface ControlData {

  /** The first bytes; none where Windows sent a null pointer. */
  byte[] bytes(int count);
}
