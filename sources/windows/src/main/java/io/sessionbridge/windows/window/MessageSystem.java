package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What {@link SessionWindow} needs of Windows. A seam, so that its logic is tested where there is
 * no Windows.
 */
interface MessageSystem {

  /** Does what a message asks for. Called by the window's thread. */
  interface Handler {

    /** False for a message that the system shall handle in its own way. */
    boolean handle(int message, long wParam, long lParam);
  }

  /** Why a wait ended. */
  enum Woken {
    BY_MESSAGE,
    BY_SERVICES_READY,
    BY_TIME
  }

  /** A window that is never shown. All by the thread that opened it, but for the two that post. */
  interface Window {

    /** The error code, 0 if changes come from now on. */
    int register(SessionScope scope);

    void unregister();

    /** Of this window. */
    PowerSystem power();

    /**
     * Waits for messages.
     *
     * @param millis at most, or {@link #FOREVER}
     * @param untilServicesReady whether to return too when Windows says that it is ready for {@link
     *     #register}; of no effect where it does not say so
     */
    Woken await(long millis, boolean untilServicesReady) throws WindowsException;

    /** Has the waiting messages handled, up to a message to quit; false if there was one. */
    boolean dispatchWaiting();

    /** Whether Windows has this window still. */
    boolean exists();

    void destroy();

    /** Adds a message to the window's queue; false if there is no such window any more. */
    boolean post(int message);

    /** Makes {@link #dispatchWaiting} return false once, even if the window is gone already. */
    void postQuit();
  }

  /** For {@link Window#await}. */
  long FOREVER = -1;

  /** Opens a window. */
  Window open(String className, Handler handler) throws WindowsException;

  /** Frees what outlives a destroyed window. */
  void forget(String className);

  /** Copies memory of this process; nothing if the address is none, which a forger may send. */
  byte[] read(long address, int count);

  /** Of the clock that is never set. */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** Waits for a latch, for at most that long; true once it is open. */
  default boolean pause(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true; // nobody else knows this thread: who interrupts it wants it to end
    }
  }

  /** The session of this process; empty if Windows does not tell. */
  Optional<Long> ownSession();
}
