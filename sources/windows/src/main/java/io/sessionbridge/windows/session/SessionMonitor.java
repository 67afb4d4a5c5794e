package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.window.ExistingWindow;
import io.sessionbridge.windows.window.SessionListener;
import io.sessionbridge.windows.window.SessionNotifications;
import io.sessionbridge.windows.window.SessionScope;
import io.sessionbridge.windows.window.SessionWindow;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells a program what happens to its session, or to all sessions of the machine: first how things
 * are, then every change and who it is about.
 *
 * <pre>{@code
 * SessionMonitor monitor = SessionMonitor.listen(SwingUtilities::invokeLater, this::show);
 * }</pre>
 *
 * <p>The listener is called on the given executor, in order if that keeps the order, and may take
 * its time. When changes may have been missed, it is told again how things are. It is called
 * neither by Windows' thread nor by the one that asks who is behind a session, unless the executor
 * runs its tasks at once; what it throws is the executor's affair.
 */
public final class SessionMonitor implements AutoCloseable {

  private final SessionNotifications notifications;
  private final NotificationQueue queue;

  private SessionMonitor(
      Function<SessionListener, SessionNotifications> mechanism, NotificationQueue queue) {
    this.queue = queue;
    this.notifications = mechanism.apply(new Ears(queue));
  }

  /** Whether this machine can tell: it runs Windows and a Java of 64 bits. Loads nothing. */
  public static boolean isSupported() {
    return SessionWindow.isSupported() && System.getProperty("os.arch", "").contains("64");
  }

  /**
   * Listens to the session of this program.
   *
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return listen(SessionScope.THIS, executor, listener);
  }

  /**
   * Listens to one session or to all. Those of other users have fewer facts, see {@link #trouble}.
   *
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(
      SessionScope scope, Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return start(
        ears -> new SessionWindow("session-window", scope, ears),
        new WindowsSessions(),
        scope,
        InstantSource.system(),
        executor,
        listener);
  }

  /**
   * Listens through a window that the program has, instead of a hidden one.
   *
   * @param window its handle ({@code HWND}); see {@link ExistingWindow}
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(
      long window, SessionScope scope, Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return start(
        ears -> new ExistingWindow(window, scope, ears),
        new WindowsSessions(),
        scope,
        InstantSource.system(),
        executor,
        listener);
  }

  static SessionMonitor start(
      Function<SessionListener, SessionNotifications> mechanism,
      WindowsSessions sessions,
      SessionScope scope,
      InstantSource clock,
      Executor executor,
      Consumer<SessionNotification> listener)
      throws WindowsException {
    Consumer<SessionNotification> deliver =
        notification -> executor.execute(() -> listener.accept(notification));
    SessionMonitor monitor =
        new SessionMonitor(mechanism, new NotificationQueue(sessions, scope, clock, deliver));
    try {
      monitor.notifications.start();
    } catch (WindowsException e) {
      monitor.queue.close();
      throw e;
    }
    if (monitor.notifications.trouble().isPresent()) {
      monitor.queue.tellHowThingsAre(); // the changes come later, how things are does not
    }
    return monitor;
  }

  /** Why nothing is heard now, or what keeps the facts few; empty while all is well. Any thread. */
  public Optional<String> trouble() {
    return notifications.trouble().or(queue::trouble);
  }

  /**
   * Stops listening. What was heard before is given to the executor first; nothing comes after it.
   * Any thread, the listener's included.
   */
  @Override
  public void close() {
    notifications.close();
    queue.close();
  }

  /**
   * Called by a thread that Windows waits for: takes the time, and leaves the rest to the queue.
   */
  private record Ears(NotificationQueue queue) implements SessionListener {

    @Override
    public void changed(SessionChange change) {
      queue.add(change);
    }

    @Override
    public void registered(boolean late) {
      queue.tellHowThingsAre();
    }
  }
}
