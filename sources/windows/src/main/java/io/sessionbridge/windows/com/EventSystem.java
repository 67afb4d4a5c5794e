package io.sessionbridge.windows.com;

/**
 * The COM+ event system calls of {@link SensNotifications}. An interface so that its logic is
 * testable on any system.
 */
interface EventSystem {

  /**
   * Initialises COM for calls on any thread, and connects to the event system.
   *
   * @return a connection for the calling thread only
   */
  Connection connect() throws ComException;

  /** A connection of one thread. */
  interface Connection extends AutoCloseable {

    /** Stores the subscription: events reach the sink from now on. Windows adds its references. */
    void store(Subscription subscription, EventSink sink) throws ComException;

    /** Removes the subscription; a missing one is not a failure. */
    void remove(Subscription subscription) throws ComException;

    @Override
    void close();
  }
}
