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
 * Hears what SENS, the System Event Notification Service, tells through the COM+ event system: the
 * only source for screen savers and for the start of the shell.
 *
 * <p>A thread of its own subscribes and unsubscribes; events come on threads of Windows. While the
 * event system is not there or refuses, it is asked again after 1, 2, 4 up to 30 s. Subscriptions
 * have fixed ids: what a killed predecessor left is removed before they are stored.
 */
public final class SensNotifications implements SessionNotifications {

  /** Longer than the pause between two calls for one event. */
  private static final long QUIET_MILLIS = 50;

  /** A subscriber who is told something all the time must leave too. */
  private static final long LONGEST_WAIT_FOR_QUIET_MILLIS = 1000;

  private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final EventSystem system;
  private final String threadName;
  private final SensSettings settings;
  private final SensListener listener;
  private final Thread thread;
  private final RetryDelays delays = new RetryDelays();
  private final Quiet quiet = new Quiet();
  private final Object lock = new Object();
  private final List<EventSink> sinks = new ArrayList<>();
  private volatile @Nullable String trouble = "not started";
  private volatile boolean deaf;
  private boolean refused;
  private boolean closing;

  /**
   * Notifications that have not begun.
   *
   * @param threadName of the thread that subscribes, and with an addition of those that call
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

  /** Begins to subscribe, and returns at once. */
  @Override
  public void start() throws WindowsException {
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new WindowsException("SENS needs a 64-bit Java, this one has 32 bits");
    }
    trouble = "not subscribed yet";
    try {
      for (SensInterface type : SensInterface.values()) {
        sinks.add(
            new EventSink(type, settings.invokeOnly(), threadName + "-call", quiet, this::hear));
      }
    } catch (LinkageError e) {
      throw new WindowsException("no native memory for COM objects: " + e, e);
    }
    thread.start();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void hear(SensEvent event) {
    if (!deaf) {
      listener.heard(event);
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
      trouble = null;
      guarded(() -> listener.subscribed(refused));
      awaitClosing(0);
      boolean unused = quiet.await(QUIET_MILLIS, LONGEST_WAIT_FOR_QUIET_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does this; the thread ends as if closed
    } catch (RuntimeException | LinkageError e) {
      tellTrouble("SENS notifications failed: " + e);
    } finally {
      subscriptions.removeAll(this::tellTrouble);
      deaf = true;
      subscriptions.release();
    }
  }

  /** Returns true if nothing is left to do; else why is known as the trouble. */
  private boolean subscribe(SinkSubscriptions subscriptions) {
    try {
      subscriptions.storeAll();
      return true;
    } catch (ComException e) {
      refused = true;
      tellTrouble("Windows does not report SENS events: " + e.getMessage());
      return false;
    }
  }

  private void tellTrouble(String what) {
    if (!what.equals(trouble)) {
      trouble = what;
      guarded(() -> listener.troubled(what));
    }
  }

  /** Returns false once somebody closes. */
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

  /** Unsubscribes as soon as Windows is not just calling. A call that began before is heard. */
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
    deaf = true;
    trouble = "closed";
  }
}
