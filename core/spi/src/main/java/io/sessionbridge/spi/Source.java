package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One configured origin of events.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} at least once, also after a failed start or
 * without a start. One thread at a time calls them, not always the same one. Any thread may call
 * {@link #check} at any time between the two. A source has its own threads, named {@code
 * source-<id>}.
 *
 * <p>A source whose start failed is closed. The factory then creates another one from the same
 * configuration, after 1 s and later up to 1 min, until one starts or the agent stops. So a source
 * never starts twice.
 */
@Stable
public interface Source extends AutoCloseable {

  /**
   * Starts to receive events, and returns at once. The source itself retries after a temporary
   * failure (the system is not ready yet); {@link #check} is degraded meanwhile.
   *
   * @throws SourceException if it cannot work: a missing file, the wrong operating system. The
   *     message says what to change. The agent and its other sources keep running; health and
   *     {@code /ready} show the message. Any other exception has the same effect.
   */
  void start() throws SourceException;

  /** The current health. Never blocks. */
  Health check();

  /**
   * For a finite source: completes when its last event is durable, exceptionally if it could not
   * continue. It stays incomplete if the source is closed before that. Empty for an endless source.
   * Each call returns the same stage.
   */
  default Optional<CompletionStage<Void>> finished() {
    return Optional.empty();
  }

  /**
   * Stops receiving, emits what was received before, and returns when no thread of the source is
   * left. Events after the start of this call may be lost; events before it are not.
   *
   * <p>One thread may outlive it: a daemon in a read of standard input, which cannot be
   * interrupted. It must not emit any more.
   */
  @Override
  void close();
}
