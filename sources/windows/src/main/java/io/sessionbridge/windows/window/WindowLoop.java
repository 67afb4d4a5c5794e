package io.sessionbridge.windows.window;

import static io.sessionbridge.windows.window.Callback.guarded;
import static io.sessionbridge.windows.window.WindowMessage.WM_CLOSE;
import static io.sessionbridge.windows.window.WindowMessage.WM_DESTROY;
import static io.sessionbridge.windows.window.WindowMessage.WM_POWERBROADCAST;
import static io.sessionbridge.windows.window.WindowMessage.WM_REGISTER_AGAIN;
import static io.sessionbridge.windows.window.WindowMessage.WM_WTSSESSION_CHANGE;

import io.sessionbridge.windows.RetryDelays;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerBroadcast;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerRequests;
import io.sessionbridge.windows.power.PowerTopic;
import io.sessionbridge.windows.window.MessageSystem.Woken;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the window's thread does: it makes the window, registers it, reads its messages, and makes
 * another when it is lost. {@link #run} is for that thread, all else for any.
 */
final class WindowLoop implements Runnable {

  /** After a window that lasted so long, another is made at once. */
  private static final long LASTING_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final MessageSystem system;
  private final SessionScope scope;
  private final SessionListener listener;
  private final WindowClass windowClass;
  private final Registration registration;
  private final Interference interference;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile MessageSystem.@Nullable Window window;
  private volatile @Nullable PowerRequests power;
  private volatile @Nullable String trouble = "not started";
  private volatile boolean closing;
  private boolean destroyed;
  private long ownSession;

  WindowLoop(MessageSystem system, SessionScope scope, SessionListener listener) {
    this.system = system;
    this.scope = scope;
    this.listener = listener;
    this.windowClass = new WindowClass(system, this::handle);
    this.registration = new Registration(scope);
    this.interference = new Interference(listener);
  }

  /** Done when the first window reads messages, or with the reason why there is none. */
  CompletableFuture<Void> started() {
    return started;
  }

  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Why Windows does not report power and presence; empty if it does. */
  Optional<String> powerRefused() {
    return Optional.ofNullable(power).flatMap(PowerRequests::refused);
  }

  void registerAgain() {
    post(WM_REGISTER_AGAIN);
  }

  /** Asks the thread to end. */
  void close() {
    closing = true;
    closed.countDown();
    post(WM_CLOSE); // without a window, the thread sees the flag
  }

  /** Asks again, for a window that no longer handles messages. */
  void quit() {
    MessageSystem.Window open = window;
    if (open != null) {
      open.postQuit();
    }
  }

  private void post(int message) {
    MessageSystem.Window open = window;
    if (open != null) {
      open.post(message);
    }
  }

  @Override
  public void run() {
    MessageSystem.Window open;
    try {
      ownSession = scope == SessionScope.THIS ? requireOwnSession() : 0;
      open = windowClass.open();
    } catch (WindowsException | RuntimeException | Error e) {
      started.completeExceptionally(e); // the starting thread reports it
      return;
    }
    try {
      useUntilClosed(open);
    } finally {
      trouble = closing ? "closed" : "its thread ended unexpectedly";
      if (!closing) {
        guarded(listener::ended);
      }
    }
  }

  private long requireOwnSession() throws WindowsException {
    return system
        .ownSession()
        .orElseThrow(
            () -> new WindowsException("Windows does not report the session of this process"));
  }

  private void useUntilClosed(MessageSystem.Window first) {
    RetryDelays pauses = new RetryDelays();
    long pause = 0;
    Optional<MessageSystem.Window> open = Optional.of(first);
    while (true) {
      long begin = system.nanoTime();
      if (open.isPresent()) {
        use(open.get());
      }
      if (closing) {
        return;
      }
      if (system.nanoTime() - begin >= LASTING_NANOS) {
        pauses = new RetryDelays();
        pause = 0;
      }
      if (system.pause(closed, pause)) {
        return;
      }
      pause = pauses.nextMillis();
      open = openAgain();
    }
  }

  private void use(MessageSystem.Window open) {
    window = open;
    destroyed = false;
    try {
      askForPower(open);
      readMessages(open);
      lost("it was destroyed");
    } catch (WindowsException | RuntimeException e) {
      lost(String.valueOf(e.getMessage()));
    } finally {
      takeDown(open);
      window = null;
      windowClass.forget();
    }
  }

  /** Reports the loss, unless {@link #close} asked for it. */
  private void lost(String why) {
    if (closing) {
      return;
    }
    registration.changesMayBeMissed();
    String text = "the window for session changes is lost: " + why + "; it is created again";
    trouble = text;
    interference.report(text);
  }

  private Optional<MessageSystem.Window> openAgain() {
    try {
      return Optional.of(windowClass.open());
    } catch (WindowsException | RuntimeException e) {
      trouble = "the window for session changes cannot be created: " + e.getMessage();
      return Optional.empty();
    }
  }

  private void askForPower(MessageSystem.Window open) {
    PowerRequests made =
        new PowerRequests(open.power(), PowerTopic.ofWindow(system.ownSession().orElse(1L)));
    power = made;
    made.renew();
  }

  private void readMessages(MessageSystem.Window open) throws WindowsException {
    register(open);
    started.complete(null);
    if (closing) {
      open.post(WM_CLOSE); // nobody waited for the window
    }
    boolean signalSeen = false;
    while (!isDone(open)) {
      boolean untilReady = !registration.isRegistered() && !signalSeen;
      Woken why = open.await(registration.retryMillis(), untilReady);
      // The signal stays set: a refusal after it must not turn the wait into a busy loop.
      signalSeen |= why == Woken.BY_SERVICES_READY;
      if (!registration.isRegistered() && why != Woken.BY_MESSAGE) {
        register(open);
      }
    }
  }

  private void register(MessageSystem.Window open) {
    registered(registration.tryOnce(open));
  }

  /** The trouble goes first: whoever is told of the registration finds none. */
  private void registered(Optional<String> refusal) {
    trouble = refusal.orElse(null);
    if (refusal.isEmpty()) {
      boolean late = registration.isLate();
      guarded(() -> listener.registered(late));
    }
  }

  /** Handles the waiting messages; true once there is no window, or nobody wants it any more. */
  private boolean isDone(MessageSystem.Window open) {
    boolean askedToQuit = !open.dispatchWaiting();
    if (destroyed || (askedToQuit && closing)) {
      return true;
    }
    if (askedToQuit) {
      interference.refused("to quit");
    }
    return !open.exists();
  }

  private boolean handle(int message, long wParam, long lParam) {
    switch (message) {
      case WM_WTSSESSION_CHANGE -> {
        // A DWORD in a parameter that is as wide as a pointer.
        take(new SessionChange((int) wParam, lParam & 0xFFFF_FFFFL));
        return true;
      }
      case WM_POWERBROADCAST -> {
        PowerBroadcast.decode((int) wParam, count -> system.read(lParam, count))
            .ifPresent(this::take);
        return false; // Windows has an answer
      }
      case WM_REGISTER_AGAIN -> {
        renewRegistration();
        return true;
      }
      case WM_CLOSE -> {
        closeRequested();
        return true;
      }
      case WM_DESTROY -> {
        if (!destroyed) {
          // If it is destroyed, there is no window when this has returned.
          interference.refused("to be destroyed");
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void closeRequested() {
    MessageSystem.Window open = window;
    if (!closing) {
      interference.refused("to close");
    } else if (open != null) {
      takeDown(open);
    }
  }

  /** Citrix and others send all sessions' changes to windows that asked for their own only. */
  private void take(SessionChange change) {
    if (scope == SessionScope.ALL || change.sessionId() == ownSession) {
      guarded(() -> listener.changed(change));
    }
  }

  /** After sleep the registrations are made anew: Windows does not say whether they hold. */
  private void take(PowerEvent event) {
    guarded(() -> listener.power(event));
    if (event instanceof PowerEvent.Resumed) {
      renewRegistration();
      PowerRequests requests = power;
      if (requests != null) {
        requests.renew();
      }
    }
  }

  private void renewRegistration() {
    MessageSystem.Window open = window;
    if (open != null && !destroyed) {
      registered(registration.renew(open));
    }
  }

  /** The registration ends before the window does; a second request to close finds neither. */
  private void takeDown(MessageSystem.Window open) {
    registration.end(open);
    if (!destroyed) {
      destroyed = true;
      PowerRequests requests = power;
      if (requests != null) {
        requests.end();
      }
      open.destroy();
    }
  }
}
