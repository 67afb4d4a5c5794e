package io.sessionbridge.source.sens;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.com.SensEvent;
import io.sessionbridge.windows.com.SensListener;
import io.sessionbridge.windows.com.SensMethod;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.Optional;
import java.util.OptionalLong;

/** Windows, as far as a source sees it. The test's thread plays one of its own. */
final class TestingNotifications implements SessionNotifications {

  final SensListener listener;
  volatile Optional<String> problem = Optional.empty();
  volatile boolean refuses;
  private volatile boolean listening;

  TestingNotifications(SensListener listener) {
    this.listener = listener;
  }

  @Override
  public void start() throws WindowsException {
    if (refuses) {
      throw new WindowsException("the test says so");
    }
    listening = true;
  }

  void send(SensMethod method, String user, long session) {
    if (listening) {
      listener.received(new SensEvent(method, user, OptionalLong.of(session)));
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
