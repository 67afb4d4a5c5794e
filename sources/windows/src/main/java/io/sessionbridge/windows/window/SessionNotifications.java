package io.sessionbridge.windows.window;

import io.sessionbridge.windows.WindowsException;
import java.util.Optional;

/** A mechanism by which Windows reports session changes. Used once: start, then close. */
public interface SessionNotifications extends AutoCloseable {

  /**
   * Starts to receive, and returns once it is certain that this mechanism works. Windows may not be
   * ready yet: attempts continue in the background, see {@link #problem}.
   *
   * @throws WindowsException if the mechanism cannot work
   */
  void start() throws WindowsException;

  /** Why Windows sends no changes now; empty while it does. Any thread, never blocks. */
  Optional<String> problem();

  /**
   * Further notifications that Windows refused, such as sleep or user presence; empty if it refused
   * none or none were requested. Known once {@link #start} returned. Any thread.
   */
  default Optional<String> unreported() {
    return Optional.empty();
  }

  /**
   * Registers again after Windows may have lost the registration, for instance when the Remote
   * Desktop Services restarted. After sleep this happens automatically. The listener receives a
   * late registration. Any thread, never blocks.
   */
  default void registerAgain() {}

  /**
   * Stops receiving, and returns once everything is released. By then the listener has received all
   * changes that Windows sent. Any thread but the listener's; a second call does nothing.
   */
  @Override
  void close();
}
