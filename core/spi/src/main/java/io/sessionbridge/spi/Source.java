package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One configured place that events come from.
 *
 * <p>Life cycle, all by the thread {@code main}: {@link #start} once, {@link #close} once or more,
 * also after a failed start. {@link #check} may be called by any thread at any time between the
 * two. A source has its own threads, named {@code source-<id>}.
 */
public interface Source extends AutoCloseable {

  /**
   * Begins to listen, and returns at once. What retrying can mend (the system is not ready yet) is
   * retried behind, with {@link #check} degraded meanwhile.
   *
   * @throws SourceException for what retrying cannot mend: a file that is not there, a wrong
   *     operating system. The agent then does not start.
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
