package io.sessionbridge.windows.com;

/**
 * What {@link SensNotifications} need of the COM+ event system. A seam, so that its logic is tested
 * where there is none.
 */
interface EventSystem {

  /**
   * Makes COM ready for calls by any thread, and finds the event system.
   *
   * @return to be used and closed by the same thread
   */
  Connection connect() throws ComException;

  /** The event system, as one thread sees it. */
  interface Connection extends AutoCloseable {

    /** Lets events reach the sink from now on. The event system takes references of its own. */
    void store(Subscription subscription, EventSink sink) throws ComException;

    /** Ends the subscription; one that is not there is no failure. */
    void remove(Subscription subscription) throws ComException;

    @Override
    void close();
  }
}
