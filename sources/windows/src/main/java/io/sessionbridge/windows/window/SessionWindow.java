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
 * <p>It also asks for what Windows reports to a window about sleep, power and the presence of the
 * user. After sleep it registers anew, because Windows does not say whether the registration holds.
 *
 * <p>Any process of the same desktop can post the message of a change: what comes is a hint, not a
 * proof.
 */
public final class SessionWindow implements SessionNotifications {

  /** A window takes milliseconds; unpacking the native library on a busy machine, seconds. */
  private static final long START_SECONDS = 60;

  private static final long CLOSE_SECONDS = 5;

  private final WindowLoop loop;
  private final Thread thread;

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
    this.loop = new WindowLoop(system, scope, listener);
    this.thread = new Thread(loop, threadName);
    thread.setDaemon(true);
  }

  /** Whether this machine has such windows: it runs Windows. Loads nothing. */
  public static boolean isSupported() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  @Override
  public void start() throws WindowsException {
    thread.start();
    try {
      loop.started().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new WindowsException(
          "the window for session changes cannot be created: " + message(e), e);
    } catch (TimeoutException e) {
      throw new WindowsException(
          "the window for session changes was not created within " + START_SECONDS + " s", e);
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
  public Optional<String> trouble() {
    return loop.trouble();
  }

  @Override
  public Optional<String> untold() {
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
        loop.quit(); // a handler that does not come back keeps even this waiting
        thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
