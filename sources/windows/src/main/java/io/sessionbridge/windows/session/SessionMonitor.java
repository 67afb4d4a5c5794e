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
 * Reports the changes of the program's own session or of all sessions: first the existing sessions,
 * then every change with the facts of its session.
 *
 * <pre>{@code
 * SessionMonitor monitor = SessionMonitor.listen(SwingUtilities::invokeLater, this::show);
 * }</pre>
 *
 * <p>The listener is called on the given executor, in order if the executor keeps the order, and
 * may block. When changes may have been missed, the existing sessions are reported again. Neither
 * Windows' thread nor the one that queries sessions calls it, unless the executor runs tasks
 * directly. The executor handles its exceptions.
 */
public final class SessionMonitor implements AutoCloseable {

  private final SessionNotifications notifications;
  private final NotificationQueue queue;

  private SessionMonitor(
      Function<SessionListener, SessionNotifications> mechanism, NotificationQueue queue) {
    this.queue = queue;
    this.notifications = mechanism.apply(new QueueingListener(queue));
  }

  /** Whether this is Windows with a 64-bit Java. Loads nothing. */
  public static boolean isSupported() {
    return SessionWindow.isSupported() && System.getProperty("os.arch", "").contains("64");
  }

  /**
   * Reports the program's own session.
   *
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return listen(SessionScope.THIS, executor, listener);
  }

  /**
   * Reports one session or all. Those of other users have fewer facts, see {@link #problem}.
   *
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(
      SessionScope scope, Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return start(
        target -> new SessionWindow("session-window", scope, target),
        new WindowsSessions(),
        scope,
        InstantSource.system(),
        executor,
        listener);
  }

  /**
   * Uses a window of the program instead of a hidden one.
   *
   * @param window its handle ({@code HWND}); see {@link ExistingWindow}
   * @throws WindowsException if this can never work here
   */
  public static SessionMonitor listen(
      long window, SessionScope scope, Executor executor, Consumer<SessionNotification> listener)
      throws WindowsException {
    return start(
        target -> new ExistingWindow(window, scope, target),
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
    if (monitor.notifications.problem().isPresent()) {
      monitor.queue.reportExisting(); // changes follow later, the existing sessions are known now
    }
    return monitor;
  }

  /** Why no changes are received, or why facts are missing; empty if neither. Any thread. */
  public Optional<String> problem() {
    return notifications.problem().or(queue::problem);
  }

  /**
   * Stops. Changes received before are passed to the executor first, and none after. Any thread,
   * including the listener's.
   */
  @Override
  public void close() {
    notifications.close();
    queue.close();
  }

  /** Called on a thread that Windows waits for: takes the time, and queues the rest. */
  private record QueueingListener(NotificationQueue queue) implements SessionListener {

    @Override
    public void changed(SessionChange change) {
      queue.add(change);
    }

    @Override
    public void registered(boolean late) {
      queue.reportExisting();
    }
  }
}
