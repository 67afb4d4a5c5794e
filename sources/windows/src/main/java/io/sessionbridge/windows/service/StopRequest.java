package io.sessionbridge.windows.service;

import org.jspecify.annotations.Nullable;

/** Whether the service shall stop, and who wants to know. Any thread. */
final class StopRequest {

  private boolean asked;
  private @Nullable Runnable action;

  void ask() {
    Runnable known;
    synchronized (this) {
      asked = true;
      known = action;
    }
    if (known != null) {
      known.run();
    }
  }

  void onStop(Runnable wanted) {
    boolean late;
    synchronized (this) {
      action = wanted;
      late = asked;
    }
    if (late) {
      wanted.run();
    }
  }
}
