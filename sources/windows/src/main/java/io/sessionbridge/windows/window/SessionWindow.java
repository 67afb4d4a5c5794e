package io.sessionbridge.windows.window;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.RetryDelays;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerBroadcast;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerRequests;
import io.sessionbridge.windows.power.PowerTopic;
import io.sessionbridge.windows.window.MessageSystem.Woken;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hears session changes through a message-only window, which needs neither a desktop nor a service.
 *
 * <p>A thread of its own makes the window, registers it, reads its messages and takes all down
 * again, because Windows ties a window to the thread that made it. {@link #close} only posts it
 * {@code WM_CLOSE} and waits.
 *
 * <p>Only {@link #close} ends it. {@code WM_CLOSE}, {@code WM_DESTROY} and {@code WM_QUIT} from
 * another program are refused and reported to {@link SessionListener#interference}. A window that
 * is gone nevertheless, or whose messages cannot be read, is made again: at once, and when that
 * happens again within a minute after 1, 2, 4 up to 30 s. The listener is then registered late, as
 * changes may have been missed.
 *
 * <p>While Windows refuses the registration (error 1702 until the Remote Desktop Services run,
 * which may be long after the program started), it is tried again when Windows signals that they
 * are ready, and after 1, 2, 4 up to 30 s.
 *
 * <p>It also asks for what Windows tells a window of sleep, power and the presence of the user.
 * After sleep it registers anew, as nobody says what became of the registration.
 *
 * <p>Any process of the same desktop can post the message of a change: what comes is a hint, not a
 * proof.
 */
public final class SessionWindow implements SessionNotifications {

  /** {@code winuser.h}. */
  static final int WM_DESTROY = 0x0002;

  static final int WM_CLOSE = 0x0010;

  static final int WM_POWERBROADCAST = 0x0218;

  static final int WM_WTSSESSION_CHANGE = 0x02B1;

  /** {@code WM_APP} and one: {@link #registerAgain} for the window's thread. */
  static final int WM_REGISTER_AGAIN = 0x8001;

  /** Of the window classes; the number of the window in this process follows. */
  static final String CLASS_PREFIX = "SessionBridge.Sessions.";

  private static final AtomicInteger MADE = new AtomicInteger();

  /** A window takes milliseconds; unpacking the native library on a busy machine, seconds. */
  private static final long START_SECONDS = 60;

  private static final long CLOSE_SECONDS = 5;

  /** A window that lasted so long is made again at once. */
  private static final long LASTING_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final MessageSystem system;
  private final SessionScope scope;
  private final SessionListener listener;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private String className = nextClassName();
  private RetryDelays delays = new RetryDelays();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile MessageSystem.@Nullable Window window;
  private volatile @Nullable PowerRequests power;
  private volatile @Nullable String trouble = "not started";
  private volatile boolean closing;
  private boolean registered;
  private boolean refused;
  private boolean destroyed;
  private int refusals;
  private long retryMillis = MessageSystem.FOREVER;
  private long ownSession;

  /**
   * A window that is not there yet.
   *
   * @param threadName of the thread that will own it
   */
  public SessionWindow(String threadName, SessionScope scope, SessionListener listener) {
    this(new User32Messages(), threadName, scope, listener);
  }

  SessionWindow(
      MessageSystem system, String threadName, SessionScope scope, SessionListener listener) {
    this.system = system;
    this.scope = scope;
    this.listener = listener;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  private static String nextClassName() {
    return CLASS_PREFIX + MADE.incrementAndGet();
  }

  /** Whether this machine has such windows: it runs Windows. Loads nothing. */
  public static boolean isSupported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  @Override
  public void start() throws WindowsException {
    thread.start();
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new WindowsException("no window for session changes: " + message(e), e);
    } catch (TimeoutException e) {
      throw new WindowsException("no window for session changes after " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WindowsException("interrupted while the window was made", e);
    }
  }

  private static String message(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof WindowsException known
        ? String.valueOf(known.getMessage())
        : String.valueOf(cause);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public Optional<String> untold() {
    return Optional.ofNullable(power).flatMap(PowerRequests::refused);
  }

  @Override
  public void registerAgain() {
    post(WM_REGISTER_AGAIN);
  }

  private void post(int message) {
    MessageSystem.Window open = window;
    if (open != null) {
      open.post(message);
    }
  }

  private void quit() {
    MessageSystem.Window open = window;
    if (open != null) {
      open.postQuit();
    }
  }

  private void run() {
    MessageSystem.Window open;
    try {
      ownSession = scope == SessionScope.THIS ? requireOwnSession() : 0;
      open = system.open(className, this::handle);
    } catch (WindowsException | RuntimeException | Error e) {
      started.completeExceptionally(e); // start() tells it
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
      forgetClass();
    }
  }

  /** Unless this is what {@link #close} asked for. */
  private void lost(String why) {
    if (closing) {
      return;
    }
    refused = true; // what happens until the next window is registered is missed
    String text = "the window for session changes is lost: " + why + "; it is made again";
    trouble = text;
    guarded(() -> listener.interference(text));
  }

  private Optional<MessageSystem.Window> openAgain() {
    try {
      return Optional.of(system.open(className, this::handle));
    } catch (WindowsException | RuntimeException e) {
      trouble = "no window for session changes: " + e.getMessage();
      return Optional.empty();
    }
  }

  private void forgetClass() {
    try {
      system.forget(className);
    } catch (RuntimeException e) {
      className = nextClassName(); // the old one still has a window that nobody could destroy
    }
  }

  private long requireOwnSession() throws WindowsException {
    return system
        .ownSession()
        .orElseThrow(
            () -> new WindowsException("Windows does not tell the session of this process"));
  }

  private void askForPower(MessageSystem.Window open) {
    PowerRequests made =
        new PowerRequests(open.power(), PowerTopic.ofWindow(system.ownSession().orElse(1L)));
    power = made;
    made.renew();
  }

  private void readMessages(MessageSystem.Window open) throws WindowsException {
    tryToRegister(open);
    started.complete(null);
    if (closing) {
      open.post(WM_CLOSE); // nobody waited for the window
    }
    boolean signalTold = false;
    while (!isDone(open)) {
      Woken why = open.await(retryMillis, !registered && !signalTold);
      // The signal stays set: a refusal after it must not turn the wait into a busy loop.
      signalTold |= why == Woken.BY_SERVICES_READY;
      if (!registered && why != Woken.BY_MESSAGE) {
        tryToRegister(open);
      }
    }
  }

  /** Handles the waiting messages; true once there is no window, or nobody wants it any more. */
  private boolean isDone(MessageSystem.Window open) {
    boolean askedToQuit = !open.dispatchWaiting();
    if (destroyed || (askedToQuit && closing)) {
      return true;
    }
    if (askedToQuit) {
      refuse("to quit");
    }
    return !open.exists();
  }

  /** Reports the first, second, fourth, eighth ... time: who does this may do it all day. */
  private void refuse(String what) {
    refusals++;
    if (Integer.bitCount(refusals) == 1) {
      String times = refusals == 1 ? "" : " (" + refusals + " times)";
      guarded(
          () ->
              listener.interference(
                  "another program asked the window for session changes "
                      + what
                      + times
                      + "; it stays"));
    }
  }

  /** Leaves in {@link #retryMillis} how long to wait for messages before the next try. */
  private void tryToRegister(MessageSystem.Window open) {
    int error = open.register(scope);
    if (error != ErrorCode.NONE) {
      refused = true;
      trouble = refusal(error);
      retryMillis = delays.nextMillis();
      return;
    }
    registered = true;
    trouble = null;
    delays = new RetryDelays();
    retryMillis = MessageSystem.FOREVER;
    guarded(() -> listener.registered(refused));
  }

  static String refusal(int error) {
    return "Windows does not send session changes yet: " + ErrorCode.text(error);
  }

  private void registerAnew() {
    MessageSystem.Window open = window;
    if (open == null || destroyed) {
      return;
    }
    if (registered) {
      registered = false;
      open.unregister(); // false if it was lost, which is why we are here
    }
    refused = true; // something may have been missed, whatever comes now
    tryToRegister(open);
  }

  private boolean handle(int message, long wParam, long lParam) {
    MessageSystem.Window open = window;
    switch (message) {
      case WM_WTSSESSION_CHANGE -> {
        // A DWORD in a parameter that is as wide as a pointer.
        hear(new SessionChange((int) wParam, lParam & 0xFFFF_FFFFL));
        return true;
      }
      case WM_POWERBROADCAST -> {
        PowerBroadcast.decode((int) wParam, count -> system.read(lParam, count))
            .ifPresent(this::hear);
        return false; // Windows has an answer
      }
      case WM_REGISTER_AGAIN -> {
        registerAnew();
        return true;
      }
      case WM_CLOSE -> {
        if (!closing) {
          refuse("to close");
        } else if (open != null) {
          takeDown(open);
        }
        return true;
      }
      case WM_DESTROY -> {
        if (!destroyed) {
          refuse("to be destroyed"); // if it is, there is no window when this has returned
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Citrix and others send everybody's changes to windows that asked for their own session's. */
  private void hear(SessionChange change) {
    if (scope == SessionScope.ALL || change.sessionId() == ownSession) {
      guarded(() -> listener.changed(change));
    }
  }

  /** Nobody says what became of the registrations while the machine slept. */
  private void hear(PowerEvent event) {
    guarded(() -> listener.power(event));
    if (event instanceof PowerEvent.Resumed) {
      registerAnew();
      PowerRequests asked = power;
      if (asked != null) {
        asked.renew();
      }
    }
  }

  /** The registration goes before the window does; a second request to close finds neither. */
  private void takeDown(MessageSystem.Window open) {
    if (registered) {
      registered = false;
      open.unregister();
    }
    if (!destroyed) {
      destroyed = true;
      PowerRequests asked = power;
      if (asked != null) {
        asked.end();
      }
      open.destroy();
    }
  }

  /** An exception must not reach Windows, which called us. */
  static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  @Override
  public void close() {
    closing = true;
    closed.countDown();
    if (!thread.isAlive()) {
      return;
    }
    try {
      post(WM_CLOSE); // without a window, its thread sees that it shall end
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      if (thread.isAlive()) {
        quit(); // a handler that does not come back keeps even this waiting
        thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
