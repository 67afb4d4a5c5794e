package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.concurrent.atomic.AtomicInteger;

/** The window class of one window, with a name that is unique in the process. One thread. */
final class WindowClass {

  /** Followed by the window's number in this process. */
  static final String PREFIX = "SessionBridge.Sessions.";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final MessageSystem system;
  private final MessageSystem.Handler handler;
  private String name = nextName();

  WindowClass(MessageSystem system, MessageSystem.Handler handler) {
    this.system = system;
    this.handler = handler;
  }

  private static String nextName() {
    return PREFIX + COUNT.incrementAndGet();
  }

  MessageSystem.Window open() throws WindowsException {
    return system.open(name, handler);
  }

  /** Unregisters the class after its window was destroyed. */
  void unregister() {
    try {
      system.unregisterClass(name);
    } catch (RuntimeException e) {
      name = nextName(); // the old class still has a window that could not be destroyed
    }
  }
}
