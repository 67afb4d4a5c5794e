package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.concurrent.atomic.AtomicInteger;

/** The class of one window, whose name no other window of the process has. One thread. */
final class WindowClass {

  /** The number of the window in this process follows. */
  static final String PREFIX = "SessionBridge.Sessions.";

  private static final AtomicInteger MADE = new AtomicInteger();

  private final MessageSystem system;
  private final MessageSystem.Handler handler;
  private String name = nextName();

  WindowClass(MessageSystem system, MessageSystem.Handler handler) {
    this.system = system;
    this.handler = handler;
  }

  private static String nextName() {
    return PREFIX + MADE.incrementAndGet();
  }

  MessageSystem.Window open() throws WindowsException {
    return system.open(name, handler);
  }

  /** Frees the class after its window was destroyed. */
  void forget() {
    try {
      system.forget(name);
    } catch (RuntimeException e) {
      name = nextName(); // the old one still has a window that nobody could destroy
    }
  }
}
