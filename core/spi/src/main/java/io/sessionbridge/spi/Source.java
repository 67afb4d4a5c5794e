package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One configured place that events come from.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} once or more, also after a failed start and
 * without one. One thread at a time calls them, not always the same one. {@link #check} may be
 * called by any thread at any time between the two. A source has its own threads, named {@code
 * source-<id>}.
 *
 * <p>A source whose start failed is closed. The factory then makes another one from the same
 * configuration, after 1 s and later up to 1 min, until one starts or the agent stops. So a source
 * need not be able to start twice.
 */
@Stable
public interface Source extends AutoCloseable {

  /**
   * Starts to receive events, and returns at once. The source itself retries a temporary failure
   * (the system is not ready yet), with {@link #check} degraded meanwhile.
   *
   * @throws SourceException if it cannot work: a missing file, a wrong operating system. The
   *     message says what to change. The agent and its other sources run; health and {@code /ready}
   *     show the message. Any other exception has the same effect.
   */
  void start() throws SourceException;

  /** The health as known now. Never blocks. */
  Health check();

  /**
   * For a finite source: completes when its last event is durable, exceptionally if it could not
   * continue. It stays incomplete if the source is closed before that. Empty for a source without
   * an end. The same stage at each call.
   */
  default Optional<CompletionStage<Void>> finished() {
    return Optional.empty();
  }

  /**
   * Stops receiving, hands over what was received before, and returns when no thread of the source
   * is left. Events after the start of this call may be lost; events before it are not.
   *
   * <p>One thread may outlive it: a daemon in a read of standard input, which cannot be
   * interrupted. It must not emit any more.
   */
  @Override
  void close();
}
