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
 * Hears session changes through a window that the program has already, by a procedure in front of
 * the window's own. A program without a reason to share its window is better off with {@link
 * SessionWindow}, which cannot be held up by it.
 *
 * <p>All happens on the window's thread: the listener is called by it, and {@link #start} and
 * {@link #close} wait for it unless they are called by it. They may be called by any thread of the
 * process that owns the window. Every message goes on to the window.
 *
 * <p>While Windows refuses the registration it is tried again by the window's timer, after 1, 2, 4
 * up to 30 s. When the window is destroyed, {@link SessionListener#ended} tells.
 */
public final class ExistingWindow implements SessionNotifications {

  static final int WM_DESTROY = 0x0002;
  static final int WM_TIMER = 0x0113;

  /** What {@link #start} and {@link #close} ask the window's thread to do. */
  static final int REGISTER = 1;

  static final int UNREGISTER = 2;

  private static final AtomicInteger MADE = new AtomicInteger();

  private final WindowHook hook;
  private final SessionScope scope;
  private final SessionListener listener;
  private RetryDelays delays = new RetryDelays();

  /** Tells this one from others on the same window; also the number of its timer. */
  private final long number = 0x5E55_1000L + MADE.incrementAndGet();

  private volatile @Nullable String trouble = "not started";
  private volatile boolean listening;
  private boolean registered;
  private boolean refused;
  private long ownSession;

  /**
   * Does nothing to the window yet.
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
    if (!hook.ask(REGISTER, number)) {
      close();
      throw new WindowsException("the window does not answer");
    }
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void handle(int message, long wParam, long lParam) {
    if (!listening) {
      return;
    }
    if (message == WindowMessage.WM_WTSSESSION_CHANGE) {
      hear(new SessionChange((int) wParam, lParam & 0xFFFF_FFFFL));
    } else if (message == hook.request() && lParam == number) {
      answer(wParam);
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

  private void answer(long request) {
    if (request == REGISTER) {
      hook.stopTimer(number);
      registerAnew();
    } else if (request == UNREGISTER) {
      stop("closed");
    }
  }

  private void registerAnew() {
    if (registered) {
      registered = false;
      refused = true; // something may have been missed, whatever comes now
      hook.unregister();
    }
    register();
  }

  /**
   * Windows tells every window that is no mere message window. Of settings, what comes is what the
   * program asked for itself, and not for this listener.
   */
  private void power(int type) {
    PowerBroadcast.decode(type, count -> new byte[0])
        .filter(event -> !(event instanceof PowerEvent.Undecoded))
        .ifPresent(
            event -> {
              Callback.guarded(() -> listener.power(event));
              if (event instanceof PowerEvent.Resumed) {
                hook.stopTimer(number);
                registerAnew();
              }
            });
  }

  private void register() {
    int error = hook.register(scope);
    if (error != ErrorCode.NONE) {
      refused = true;
      trouble = Registration.refusal(error);
      hook.startTimer(number, delays.nextMillis());
      return;
    }
    registered = true;
    trouble = null;
    delays = new RetryDelays();
    Callback.guarded(() -> listener.registered(refused));
  }

  private void hear(SessionChange change) {
    if (scope == SessionScope.ALL || change.sessionId() == ownSession) {
      Callback.guarded(() -> listener.changed(change));
    }
  }

  private void stop(String why) {
    listening = false;
    trouble = why;
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
    hook.ask(UNREGISTER, number); // of a window that does not answer, Windows forgets it at its end
    listening = false;
    hook.remove();
  }
}
