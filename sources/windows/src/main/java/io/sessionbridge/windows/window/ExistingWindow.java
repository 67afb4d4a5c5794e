package io.sessionbridge.windows.window;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.RetryDelays;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerBroadcast;
import io.sessionbridge.windows.power.PowerEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Receives session changes through an existing window of the program, by subclassing it. A program
 * that does not need to share its window should use {@link SessionWindow}, which a busy window
 * thread cannot block.
 *
 * <p>Everything happens on the window's thread: it calls the listener, and {@link #start} and
 * {@link #close} wait for it unless it calls them. Any thread of the process that owns the window
 * may call them. Every message is passed on to the window.
 *
 * <p>While Windows refuses the registration, the window's timer retries after 1, 2, 4 up to 30 s.
 * When the window is destroyed, {@link SessionListener#ended} is called.
 */
public final class ExistingWindow implements SessionNotifications {

  static final int WM_DESTROY = 0x0002;
  static final int WM_TIMER = 0x0113;

  /** Requests of {@link #start} and {@link #close} to the window's thread. */
  static final int REGISTER = 1;

  static final int UNREGISTER = 2;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final WindowHook hook;
  private final SessionScope scope;
  private final SessionListener listener;
  private RetryDelays delays = new RetryDelays();

  /** Distinguishes listeners on the same window; also the number of this one's timer. */
  private final long number = 0x5E55_1000L + COUNT.incrementAndGet();

  private volatile @Nullable String problem = "not started";
  private volatile boolean listening;
  private boolean registered;
  private boolean refused;
  private long ownSession;

  /**
   * Does not touch the window yet.
   *
   * @param window its handle, a {@code HWND} of this process
   */
  public ExistingWindow(long window, SessionScope scope, SessionListener listener) {
    this(new User32Hook(window), scope, listener);
  }

  ExistingWindow(WindowHook hook, SessionScope scope, SessionListener listener) {
    this.hook = hook;
    this.scope = scope;
    this.listener = listener;
  }

  @Override
  public void start() throws WindowsException {
    if (scope == SessionScope.THIS) {
      ownSession =
          hook.ownSession()
              .orElseThrow(
                  () ->
                      new WindowsException("Windows does not report the session of this process"));
    }
    listening = true;
    hook.install(this::handle);
    if (!hook.send(REGISTER, number)) {
      close();
      throw new WindowsException("the window does not respond");
    }
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void handle(int message, long wParam, long lParam) {
    if (!listening) {
      return;
    }
    if (message == WindowMessage.WM_WTSSESSION_CHANGE) {
      receive(new SessionChange((int) wParam, lParam & 0xFFFF_FFFFL));
    } else if (message == hook.request() && lParam == number) {
      handleRequest(wParam);
    } else if (message == WM_TIMER && wParam == number) {
      hook.stopTimer(number);
      register();
    } else if (message == WindowMessage.WM_POWERBROADCAST) {
      power((int) wParam);
    } else if (message == WM_DESTROY) {
      stop("the window was destroyed");
      Callback.guarded(listener::ended);
    }
  }

  @Override
  public void registerAgain() {
    hook.post(REGISTER, number);
  }

  private void handleRequest(long request) {
    if (request == REGISTER) {
      hook.stopTimer(number);
      renewRegistration();
    } else if (request == UNREGISTER) {
      stop("closed");
    }
  }

  private void renewRegistration() {
    if (registered) {
      registered = false;
      refused = true; // changes may have been missed
      hook.unregister();
    }
    register();
  }

  /**
   * Windows sends these to every top-level window. Setting changes were requested by the program,
   * not by this listener.
   */
  private void power(int type) {
    PowerBroadcast.decode(type, count -> new byte[0])
        .filter(event -> !(event instanceof PowerEvent.Undecoded))
        .ifPresent(
            event -> {
              Callback.guarded(() -> listener.power(event));
              if (event instanceof PowerEvent.Resumed) {
                hook.stopTimer(number);
                renewRegistration();
              }
            });
  }

  private void register() {
    int error = hook.register(scope);
    if (error != ErrorCode.NONE) {
      refused = true;
      problem = Registration.refusal(error);
      hook.startTimer(number, delays.nextMillis());
      return;
    }
    registered = true;
    problem = null;
    delays = new RetryDelays();
    Callback.guarded(() -> listener.registered(refused));
  }

  private void receive(SessionChange change) {
    if (scope == SessionScope.ALL || change.sessionId() == ownSession) {
      Callback.guarded(() -> listener.changed(change));
    }
  }

  private void stop(String why) {
    listening = false;
    problem = why;
    hook.stopTimer(number);
    if (registered) {
      registered = false;
      hook.unregister();
    }
  }

  @Override
  public void close() {
    if (!listening) {
      return;
    }
    hook.send(UNREGISTER, number); // if the window does not respond, its end unregisters it
    listening = false;
    hook.remove();
  }
}
