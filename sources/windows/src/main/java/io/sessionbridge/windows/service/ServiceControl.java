package io.sessionbridge.windows.service;

/** A running service, as its {@link ServiceProgram} sees it. Any thread. */
public interface ServiceControl {

  /**
   * Tells Windows that the service works: whoever starts it waits for that. Controls come from now
   * on. Does nothing after the service was asked to stop.
   */
  void running();

  /** Tells Windows that the service ends by itself, and is on its way to it. */
  void stopping();

  /**
   * Says what to do when Windows asks the service to stop. Done at once if it has asked already.
   *
   * @param ask called by a thread that Windows waits for, so it returns at once
   */
  void onStop(Runnable ask);
}
