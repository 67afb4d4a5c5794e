package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.util.List;

/**
 * One configured destination of events.
 *
 * <p>Life cycle, all on the thread {@code sink-<id>} of its delivery loop:
 *
 * <ol>
 *   <li>{@link #connect} before the first batch, and again after each failure. While it throws, the
 *       loop waits (full jitter, 0.5 s to 60 s) and calls it again, without limit.
 *   <li>{@link #deliver} for each batch. After a result with a failure: {@link #connect} first.
 *   <li>{@link #probe} about every 30 seconds, and after the sink called {@link
 *       SinkContext#connectionLost}, so that a broken connection is replaced without waiting for an
 *       event.
 *   <li>{@link #close} once, at the end, even if connect never succeeded; nothing is called after
 *       it.
 * </ol>
 *
 * <p>A sink that also shows the state of the host is a {@link StateSink}.
 *
 * <p>The exception is {@link #check}: any thread, any time. The loop's thread is interrupted if the
 * agent stops and the sink does not return in time.
 */
@Stable
public interface Sink extends AutoCloseable {

  /**
   * Connects, after releasing what an earlier connection left. Should return within seconds. A sink
   * without a connection does nothing.
   *
   * @throws DeliveryException if that failed; the message names the setting to check
   */
  void connect() throws DeliveryException, InterruptedException;

  /**
   * Sends a batch and waits for the result.
   *
   * <p>An exception settles nothing, so the whole batch is delivered again:
   *
   * <ul>
   *   <li>An unchecked exception counts as {@link DeliveryResult#failed} with 0 settled: the loop
   *       shows the message in its health, waits, calls {@link #connect}, and suspects an event if
   *       it keeps happening. A sink that knows more returns a result instead.
   *   <li>An {@link InterruptedException} ends the loop. Only the core interrupts, when the agent
   *       stops and the shutdown time is over. Events that the peer accepted meanwhile are not
   *       known to be settled and are delivered again at the next start. A sink must not swallow
   *       the interrupt: it throws, or returns with the thread's interrupt flag set. A sink that
   *       knows what was settled returns that as unavailable, with the flag cleared: the core makes
   *       it durable, with dead letters, and the loop ends too.
   *   <li>An {@link Error} ends the loop until the agent is restarted. The events stay in the
   *       journal.
   * </ul>
   *
   * @param batch in order, at least one event; stays unchanged
   * @return how many events from the start of the batch need no further attempt, which of them were
   *     refused for good, and why the rest was not settled. Unsettled events are delivered again,
   *     in the same order.
   */
  DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException;

  /**
   * Checks that the connection is alive. Should return within seconds. A sink without a connection
   * does nothing.
   *
   * @throws DeliveryException if the connection is lost; the loop then connects again
   */
  default void probe() throws DeliveryException, InterruptedException {}

  /** The current health, without a request to the peer. Never blocks. */
  Health check();

  /**
   * Releases everything. Must not wait for a peer for more than two seconds. A sink may wait longer
   * for programs that it runs on this machine, within {@link SinkContext#closeTime}; an interrupt
   * ends that wait.
   */
  @Override
  void close();
}
