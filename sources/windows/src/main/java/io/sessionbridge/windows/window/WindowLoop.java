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
import io.sessionbridge.windows.power.PowerRegistrations;
import io.sessionbridge.windows.power.PowerTopic;
import io.sessionbridge.windows.window.MessageSystem.WakeReason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The window's thread: creates the window, registers it, reads its messages, and replaces it when
 * it is lost. {@link #run} is for that thread, the other methods for any.
 */
final class WindowLoop implements Runnable {

  /** After a window that lasted this long, the next one is created at once. */
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
  private volatile @Nullable PowerRegistrations power;
  private volatile @Nullable String problem = "not started";
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

  /** Completes when the first window reads messages, or with the reason why it cannot. */
  CompletableFuture<Void> started() {
    return started;
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Which power notifications Windows refused; empty if none. */
  Optional<String> powerRefused() {
    return Optional.ofNullable(power).flatMap(PowerRegistrations::refused);
  }

  void registerAgain() {
    post(WM_REGISTER_AGAIN);
  }

  /** Ends the thread. */
  void close() {
    closing = true;
    closed.countDown();
    post(WM_CLOSE); // without a window, the thread checks the flag
  }

  /** Ends a thread whose window no longer handles messages. */
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
      problem = closing ? "closed" : "its thread ended unexpectedly";
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
      requestPower(open);
      readMessages(open);
      lost("it was destroyed");
    } catch (WindowsException | RuntimeException e) {
      lost(String.valueOf(e.getMessage()));
    } finally {
      takeDown(open);
      window = null;
      windowClass.unregister();
    }
  }

  /** Reports the loss, unless {@link #close} caused it. */
  private void lost(String why) {
    if (closing) {
      return;
    }
    registration.changesMayBeMissed();
    String text = "the session window is lost: " + why + "; it is created again";
    problem = text;
    interference.report(text);
  }

  private Optional<MessageSystem.Window> openAgain() {
    try {
      return Optional.of(windowClass.open());
    } catch (WindowsException | RuntimeException e) {
      problem = "the session window cannot be created: " + e.getMessage();
      return Optional.empty();
    }
  }

  private void requestPower(MessageSystem.Window open) {
    PowerRegistrations made =
        new PowerRegistrations(open.power(), PowerTopic.ofWindow(system.ownSession().orElse(1L)));
    power = made;
    made.renew();
  }

  private void readMessages(MessageSystem.Window open) throws WindowsException {
    register(open);
    started.complete(null);
    if (closing) {
      open.post(WM_CLOSE); // closed before the window existed
    }
    boolean signalSeen = false;
    while (!isDone(open)) {
      boolean untilReady = !registration.isRegistered() && !signalSeen;
      WakeReason why = open.await(registration.retryMillis(), untilReady);
      // The signal stays set: a refusal after it must not turn the wait into a busy loop.
      signalSeen |= why == WakeReason.BY_SERVICES_READY;
      if (!registration.isRegistered() && why != WakeReason.BY_MESSAGE) {
        register(open);
      }
    }
  }

  private void register(MessageSystem.Window open) {
    registered(registration.tryOnce(open));
  }

  /** Clears the problem first, so that a listener sees none when it is notified. */
  private void registered(Optional<String> refusal) {
    problem = refusal.orElse(null);
    if (refusal.isEmpty()) {
      boolean late = registration.isLate();
      guarded(() -> listener.registered(late));
    }
  }

  /** Handles pending messages; returns true once the window is gone or no longer needed. */
  private boolean isDone(MessageSystem.Window open) {
    boolean askedToQuit = !open.dispatchPending();
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
        // The session id is a DWORD in a pointer-sized parameter.
        take(new SessionChange((int) wParam, lParam & 0xFFFF_FFFFL));
        return true;
      }
      case WM_POWERBROADCAST -> {
        PowerBroadcast.decode((int) wParam, count -> system.read(lParam, count))
            .ifPresent(this::take);
        return false; // Windows returns the result
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
          // If the window really is destroyed, it no longer exists after this, and the loop ends.
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

  /** Citrix and others send changes of all sessions to windows that registered for one. */
  private void take(SessionChange change) {
    if (scope == SessionScope.ALL || change.sessionId() == ownSession) {
      guarded(() -> listener.changed(change));
    }
  }

  /** Renews registrations after sleep: Windows does not report whether they survived. */
  private void take(PowerEvent event) {
    guarded(() -> listener.power(event));
    if (event instanceof PowerEvent.Resumed) {
      renewRegistration();
      PowerRegistrations requests = power;
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

  /** Unregisters before the window is destroyed. A repeated call does nothing. */
  private void takeDown(MessageSystem.Window open) {
    registration.end(open);
    if (!destroyed) {
      destroyed = true;
      PowerRegistrations requests = power;
      if (requests != null) {
        requests.end();
      }
      open.destroy();
    }
  }
}
