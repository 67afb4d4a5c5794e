package io.sessionbridge.spi;

/**
 * A sink that also publishes the current state of the host (retained topics, triggers). State comes
 * from the {@link StateBoard}, not from the journal, and is sent before any backlog.
 */
@Evolving
public interface StateSink extends Sink {

  /**
   * Publishes the state. The loop calls this on its thread after each {@link #connect}, before the
   * first batch, and again between batches if the state {@linkplain HostState#differsFrom differs}
   * from the last one. Calls are conflated: intermediate states are skipped. Should return within
   * seconds.
   *
   * @throws DeliveryException if the state was not accepted, so that the loop connects again
   */
  void show(HostState now) throws DeliveryException, InterruptedException;
}
