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
public interface Source extends AutoCloseable {

  /**
   * Begins to listen, and returns at once. What passes by itself (the system is not ready yet) is
   * retried by the source, with {@link #check} degraded meanwhile.
   *
   * @throws SourceException if it cannot listen: a file that is not there, a wrong operating
   *     system. The message says what to change. The agent and its other sources run; health and
   *     {@code /ready} show the message. What else start throws has the same effect.
   */
  void start() throws SourceException;

  /** How it is now. Never blocks. */
  Health check();

  /**
   * For a source that comes to an end by itself: completes after its last event is durable,
   * exceptionally if it could not go on. It stays incomplete when the source is closed before that.
   * Empty for a source that listens for ever. The same stage at each call.
   */
  default Optional<CompletionStage<Void>> finished() {
    return Optional.empty();
  }

  /**
   * Stops listening, hands over what was heard before, and returns when no thread of the source is
   * left. What is heard after the call began may be lost; nothing before it.
   *
   * <p>One thread may outlive it: a daemon that waits in a read of standard input, which nothing
   * can end. It must not emit any more.
   */
  @Override
  void close();
}
