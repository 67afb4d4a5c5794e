package io.sessionbridge.windows.window;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.RetryDelays;
import java.util.Optional;

/**
 * The registration of a window for session changes. Windows refuses it (error 1702) until the
 * Remote Desktop Services run; it is retried after 1, 2, 4 up to 30 s. One thread.
 */
final class Registration {

  private final SessionScope scope;
  private RetryDelays delays = new RetryDelays();
  private boolean registered;
  private boolean missed;
  private long retryMillis = MessageSystem.FOREVER;

  Registration(SessionScope scope) {
    this.scope = scope;
  }

  boolean isRegistered() {
    return registered;
  }

  /** How long to wait for messages before the next attempt. */
  long retryMillis() {
    return retryMillis;
  }

  /** Changes may be missed until the next registration. */
  void changesMayBeMissed() {
    missed = true;
  }

  /** Whether changes may have been missed before the last registration. */
  boolean isLate() {
    return missed;
  }

  /** Registers the window; returns the reason if Windows refuses. */
  Optional<String> tryOnce(MessageSystem.Window window) {
    int error = window.register(scope);
    if (error != ErrorCode.NONE) {
      missed = true;
      retryMillis = delays.nextMillis();
      return Optional.of(refusal(error));
    }
    registered = true;
    delays = new RetryDelays();
    retryMillis = MessageSystem.FOREVER;
    return Optional.empty();
  }

  /** Registers again after the registration may have been lost. */
  Optional<String> renew(MessageSystem.Window window) {
    end(window);
    missed = true;
    return tryOnce(window);
  }

  /** Ends the registration, if any. Windows may have lost it already; that is not an error. */
  void end(MessageSystem.Window window) {
    if (registered) {
      registered = false;
      window.unregister();
    }
  }

  static String refusal(int error) {
    return "Windows does not send session changes yet: " + ErrorCode.text(error);
  }
}
