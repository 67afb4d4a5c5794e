package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.util.List;

/**
 * One configured place that events go to.
 *
 * <p>Life cycle, all by the one thread {@code sink-<id>} of its delivery loop:
 *
 * <ol>
 *   <li>{@link #connect} before the first batch, and again after each failure. While it throws, the
 *       loop waits (full jitter, 0.5 s to 60 s) and calls it again, for ever.
 *   <li>{@link #deliver} for each batch. After a result with a failure: {@link #connect} first.
 *   <li>{@link #probe} about every 30 seconds, and when the sink called {@link
 *       SinkContext#connectionLost}. So a broken connection is replaced without waiting for an
 *       event.
 *   <li>{@link #close} once, at the end, also if connect never worked; nothing is called after it.
 * </ol>
 *
 * <p>A sink that also shows the state of the host is a {@link StateSink}.
 *
 * <p>{@link #check} is the exception: any thread, any time. The loop's thread may be interrupted
 * when the agent stops and the sink has not come back within the time for it.
 */
@Stable
public interface Sink extends AutoCloseable {

  /**
   * Connects, and releases what an earlier connection left behind. Should return within seconds. A
   * sink without a connection does nothing.
   *
   * @throws DeliveryException if it failed; the message names the setting to change
   */
  void connect() throws DeliveryException, InterruptedException;

  /**
   * Sends a batch and waits for the result.
   *
   * <p>What it throws settles nothing, so the whole batch comes again:
   *
   * <ul>
   *   <li>An unchecked exception counts as {@link DeliveryResult#failed} with 0 settled: the loop
   *       shows the message in its health, waits, calls {@link #connect}, and suspects an event if
   *       it happens again and again. A sink that knows better says so with a result.
   *   <li>An {@link InterruptedException} ends the loop. Only the core interrupts, when the agent
   *       stops and the time for it is over. What the peer took meanwhile is not known to be
   *       settled and comes again at the next start. A sink does not keep the interrupt to itself:
   *       it throws, or returns with the flag of the thread set. One that knows what was settled
   *       returns that as unavailable, without the flag: the core makes it durable, with dead
   *       letters, and the loop ends as well.
   *   <li>An {@link Error} ends the loop until the agent is restarted. The events wait in the
   *       journal.
   * </ul>
   *
   * @param batch in order, at least one event; stays unchanged
   * @return how many events from the start of the batch need no further attempt, which of them were
   *     refused for good, and why the rest was not settled. What is not settled comes again, in the
   *     same order.
   */
  DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException;

  /**
   * Checks that the connection is alive. Should return within seconds. A sink without a connection
   * does nothing.
   *
   * @throws DeliveryException if the connection is gone, so that the loop connects again
   */
  default void probe() throws DeliveryException, InterruptedException {}

  /** The health as known now, without a request to the peer. Never blocks. */
  Health check();

  /**
   * Releases everything. Must not wait for a peer longer than a second or two. For programs that it
   * runs on this machine a sink may wait longer, within {@link SinkContext#closeTime}; an interrupt
   * ends that wait.
   */
  @Override
  void close();
}
