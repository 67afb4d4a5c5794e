package io.sessionbridge.spi;

/**
 * A sink that also shows what is true of the host now (retained topics, triggers). State is not
 * history: it follows the {@link StateBoard}, not the journal, and goes before any backlog.
 */
@Evolving
public interface StateSink extends Sink {

  /**
   * Shows the state. The loop calls this on its thread after each {@link #connect}, before the
   * first batch, and again between batches when the state differs from what was last shown in more
   * than the time and the sentence of the health. Calls are conflated: states in between are
   * skipped. Should return within seconds.
   *
   * @throws DeliveryException if the state was not accepted, so that the loop connects again
   */
  void show(HostState now) throws DeliveryException, InterruptedException;
}
