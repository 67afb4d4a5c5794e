package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The Windows calls of {@link SessionWindow}. An interface so that its logic is testable on any
 * system.
 */
interface MessageSystem {

  /** Handles a message. Called by the window's thread. */
  interface Handler {

    /** Returns false if the system shall handle the message by default. */
    boolean handle(int message, long wParam, long lParam);
  }

  /** Why a wait ended. */
  enum WakeReason {
    BY_MESSAGE,
    BY_SERVICES_READY,
    BY_TIME
  }

  /**
   * A hidden window. Only the thread that opened it may use it, except for the two post methods.
   */
  interface Window {

    /** Returns the error code, 0 if the window now receives changes. */
    int register(SessionScope scope);

    void unregister();

    /** The power notifications of this window. */
    PowerSystem power();

    /**
     * Waits for messages.
     *
     * @param millis at most, or {@link #FOREVER}
     * @param untilServicesReady whether to return also when Windows signals that it is ready for
     *     {@link #register}; no effect if it never does
     */
    WakeReason await(long millis, boolean untilServicesReady) throws WindowsException;

    /** Dispatches pending messages, up to a quit message; returns false if there was one. */
    boolean dispatchPending();

    /** Whether the window still exists. */
    boolean exists();

    void destroy();

    /** Posts a message to the window; false if the window no longer exists. */
    boolean post(int message);

    /** Makes {@link #dispatchPending} return false once, even if the window is already gone. */
    void postQuit();
  }

  /** No timeout, for {@link Window#await}. */
  long FOREVER = -1;

  /** Opens a window. */
  Window open(String className, Handler handler) throws WindowsException;

  /** Unregisters the class of a destroyed window. */
  void unregisterClass(String className);

  /** Copies memory of this process; empty if the address is invalid, which a forger may send. */
  byte[] read(long address, int count);

  /** A monotonic clock. */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** Waits for the latch up to the given time; returns true once it is open. */
  default boolean pause(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true; // only an owner that wants this thread to end interrupts it
    }
  }

  /** The session of this process; empty if Windows does not report it. */
  Optional<Long> ownSession();
}
