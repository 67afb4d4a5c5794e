package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Receives session changes through a message-only window, which needs neither a desktop nor a
 * service.
 *
 * <p>A dedicated thread creates the window, registers it, reads its messages and destroys it,
 * because Windows ties a window to its creating thread. {@link #close} only posts {@code WM_CLOSE}
 * and waits.
 *
 * <p>Only {@link #close} ends it. {@code WM_CLOSE}, {@code WM_DESTROY} and {@code WM_QUIT} from
 * another program are refused and reported to {@link SessionListener#interference}. If the window
 * is lost nevertheless, or its messages cannot be read, a new one is created: at once, and after
 * repeated losses within a minute after 1, 2, 4 up to 30 s. The listener then receives a late
 * registration, because changes may have been missed.
 *
 * <p>While Windows refuses the registration (error 1702 until the Remote Desktop Services run,
 * which may be long after the program started), it is retried when Windows signals that they are
 * ready, and after 1, 2, 4 up to 30 s.
 *
 * <p>The window also requests notifications about sleep, power and user presence. After sleep it
 * registers again, because Windows does not report whether the registration survived.
 *
 * <p>Any process on the same desktop can post a change message: a change is a hint, not a proof.
 * proof.
 */
public final class SessionWindow implements SessionNotifications {

  /** A window takes milliseconds; unpacking the native library on a busy machine takes seconds. */
  private static final long START_SECONDS = 60;

  private static final long CLOSE_SECONDS = 5;

  private final WindowLoop loop;
  private final Thread thread;

  /**
   * Creates no window yet.
   *
   * @param threadName the name of the thread that will own the window
   */
  public SessionWindow(String threadName, SessionScope scope, SessionListener listener) {
    this(new User32Messages(), threadName, scope, listener);
  }

  SessionWindow(
      MessageSystem system, String threadName, SessionScope scope, SessionListener listener) {
    this.loop = new WindowLoop(system, scope, listener);
    this.thread = new Thread(loop, threadName);
    thread.setDaemon(true);
  }

  /** Whether this machine runs Windows. Loads nothing. */
  public static boolean isSupported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  @Override
  public void start() throws WindowsException {
    thread.start();
    try {
      loop.started().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new WindowsException("the session window cannot be created: " + message(e), e);
    } catch (TimeoutException e) {
      throw new WindowsException(
          "the session window was not created within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WindowsException("interrupted while the window was created", e);
    }
  }

  private static String message(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof WindowsException known
        ? String.valueOf(known.getMessage())
        : String.valueOf(cause);
  }

  @Override
  public Optional<String> problem() {
    return loop.problem();
  }

  @Override
  public Optional<String> unreported() {
    return loop.powerRefused();
  }

  @Override
  public void registerAgain() {
    loop.registerAgain();
  }

  @Override
  public void close() {
    loop.close();
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      if (thread.isAlive()) {
        loop.quit(); // has no effect while a handler hangs
        thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
