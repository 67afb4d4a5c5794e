package io.sessionbridge.windows.service;

/** The data that Windows sends with a control. */
@FunctionalInterface
interface ControlData {

  /** Returns the first bytes; empty if Windows sent a null pointer. */
  byte[] bytes(int count);
}
