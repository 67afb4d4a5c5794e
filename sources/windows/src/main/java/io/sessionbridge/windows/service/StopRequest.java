package io.sessionbridge.windows.service;

import org.jspecify.annotations.Nullable;

/** Whether a stop was requested, and the action for it. Any thread. */
final class StopRequest {

  private boolean requested;
  private @Nullable Runnable action;

  void request() {
    Runnable known;
    synchronized (this) {
      requested = true;
      known = action;
    }
    if (known != null) {
      known.run();
    }
  }

  void onStop(Runnable onStop) {
    boolean late;
    synchronized (this) {
      action = onStop;
      late = requested;
    }
    if (late) {
      onStop.run();
    }
  }
}
