package io.sessionbridge.source.wts;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.window.SessionListener;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.Optional;

/** Windows, as far as a source sees it. The test's thread plays the window's. */
final class TestingNotifications implements SessionNotifications {

  final SessionListener listener;
  volatile Optional<String> problem = Optional.empty();
  volatile boolean refuses;
  private volatile boolean listening;

  TestingNotifications(SessionListener listener) {
    this.listener = listener;
  }

  @Override
  public void start() throws WindowsException {
    if (refuses) {
      throw new WindowsException("the test says so");
    }
    listening = true;
  }

  void send(int code, long session) {
    if (listening) {
      listener.changed(new SessionChange(code, session));
    }
  }

  @Override
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    listening = false;
  }
}
