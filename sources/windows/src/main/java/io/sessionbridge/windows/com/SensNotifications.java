package io.sessionbridge.windows.com;

import com.sun.jna.Native;
import io.sessionbridge.windows.RetryDelays;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Receives events of SENS, the System Event Notification Service, through the COM+ event system. No
 * other mechanism reports screen savers and the start of the shell.
 *
 * <p>A dedicated thread subscribes and unsubscribes; events arrive on threads of Windows. While the
 * event system is absent or refuses, attempts continue after 1, 2, 4 up to 30 s. Subscriptions have
 * fixed ids, so those of a killed predecessor are removed first.
 */
public final class SensNotifications implements SessionNotifications {

  /** Longer than the pause between two calls for one event. */
  private static final long QUIET_MILLIS = 50;

  /** A subscriber that receives events continuously must stop, too. */
  private static final long LONGEST_WAIT_FOR_QUIET_MILLIS = 1000;

  private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final EventSystem system;
  private final String threadName;
  private final SensSettings settings;
  private final SensListener listener;
  private final Thread thread;
  private final RetryDelays delays = new RetryDelays();
  private final CallTracker calls = new CallTracker();
  private final Object lock = new Object();
  private final List<EventSink> sinks = new ArrayList<>();
  private volatile @Nullable String problem = "not started";
  private volatile boolean stopped;
  private boolean refused;
  private boolean closing;

  /**
   * Does not subscribe yet.
   *
   * @param threadName the subscribing thread's name, and the prefix for Windows' calling threads
   */
  public SensNotifications(String threadName, SensSettings settings, SensListener listener) {
    this(new ComEventSystem(), threadName, settings, listener);
  }

  SensNotifications(
      EventSystem system, String threadName, SensSettings settings, SensListener listener) {
    this.system = system;
    this.threadName = threadName;
    this.settings = settings;
    this.listener = listener;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /** Starts to subscribe in the background, and returns at once. */
  @Override
  public void start() throws WindowsException {
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new WindowsException("SENS needs a 64-bit Java, this one has 32 bits");
    }
    problem = "not subscribed yet";
    try {
      for (SensInterface type : SensInterface.values()) {
        sinks.add(
            new EventSink(type, settings.invokeOnly(), threadName + "-call", calls, this::receive));
      }
    } catch (LinkageError e) {
      throw new WindowsException("no native memory for COM objects: " + e, e);
    }
    thread.start();
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void receive(SensEvent event) {
    if (!stopped) {
      listener.received(event);
    }
  }

  private void run() {
    SinkSubscriptions subscriptions = new SinkSubscriptions(system, settings, sinks);
    try {
      while (!subscribe(subscriptions)) {
        if (!awaitClosing(delays.nextMillis())) {
          return;
        }
      }
      problem = null;
      guarded(() -> listener.subscribed(refused));
      awaitClosing(0);
      boolean unused = calls.await(QUIET_MILLIS, LONGEST_WAIT_FOR_QUIET_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // not expected; the thread ends as if closed
    } catch (RuntimeException | LinkageError e) {
      report("SENS notifications failed: " + e);
    } finally {
      subscriptions.removeAll(this::report);
      stopped = true;
      subscriptions.release();
    }
  }

  /** Returns true once everything is stored; otherwise the problem has been reported. */
  private boolean subscribe(SinkSubscriptions subscriptions) {
    try {
      subscriptions.storeAll();
      return true;
    } catch (ComException e) {
      refused = true;
      report("Windows does not report SENS events: " + e.getMessage());
      return false;
    }
  }

  private void report(String what) {
    if (!what.equals(problem)) {
      problem = what;
      guarded(() -> listener.failed(what));
    }
  }

  /** Returns false once {@link #close} was called. */
  private boolean awaitClosing(long millis) throws InterruptedException {
    long begin = System.nanoTime();
    long left = millis;
    synchronized (lock) {
      while (!closing && (millis == 0 || left > 0)) {
        lock.wait(left);
        left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      }
      return !closing;
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Unsubscribes once no call is in progress. Calls that have begun are still delivered. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopped = true;
    problem = "closed";
  }
}
