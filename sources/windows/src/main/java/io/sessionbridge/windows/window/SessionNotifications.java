package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.Optional;

/**
 * One of the ways in which Windows tells a program about sessions. Used once: start, then close.
 */
public interface SessionNotifications extends AutoCloseable {

  /**
   * Begins to listen, and returns when it is known that this works. Whether Windows is ready to
   * send anything does not matter for that: it is asked again and again, see {@link #trouble}.
   *
   * @throws WindowsException if it cannot work
   */
  void start() throws WindowsException;

  /** Why no changes come now; empty while Windows sends them. Any thread, never blocks. */
  Optional<String> trouble();

  /**
   * What Windows will not tell besides, such as sleep or the presence of the user; empty if it
   * tells all, or nobody asked. Known once {@link #start} returned. Any thread.
   */
  default Optional<String> untold() {
    return Optional.empty();
  }

  /**
   * Ends the registration and makes a new one, for when Windows may have lost it: when the Remote
   * Desktop Services were restarted. After the machine slept this happens by itself. The listener
   * hears of it as of one that came late. Any thread, never blocks.
   */
  default void registerAgain() {}

  /**
   * Stops listening, and returns when nothing of it is left; the listener has heard everything that
   * Windows had sent by then. Any thread but the listener's; the second call does nothing.
   */
  @Override
  void close();
}
