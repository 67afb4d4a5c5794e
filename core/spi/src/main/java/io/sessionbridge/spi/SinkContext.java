package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the core gives a sink. Everything in it is safe for use by several threads. */
@Stable
public interface SinkContext {

  /** The entry's id in the configuration. */
  String id();

  /** This machine. */
  Host host();

  Clock clock();

  /** A folder of this sink's own, below the data directory; it exists before connect is called. */
  Path dataFolder();

  Metrics metrics();

  /**
   * The heap that the sink may hold beside its batch: between the least and the most of {@link
   * SinkFactory#memory}.
   */
  default long memory() {
    return Long.MAX_VALUE;
  }

  /**
   * How long {@link Sink#close} may take to end in order what the sink runs on this machine: the
   * key {@code shutdown}. All sinks have the same time; then the thread is interrupted.
   */
  default Duration closeTime() {
    return Duration.ofSeconds(10);
  }

  /** {@link EventFormat#bodyBeginning} of the sink's format. */
  default String bodyBeginning() {
    return "";
  }

  /**
   * What the sink does not get as it is, by its key {@code privacy}: {@code users}, {@code
   * clients}, {@code hosts}.
   */
  default Set<String> hidden() {
    return Set.of();
  }

  /**
   * The id of the key by which the sink gets pseudonyms, as its events carry it in {@code key_id};
   * empty if it gets none.
   */
  default Optional<String> keyId() {
    return Optional.empty();
  }

  /**
   * What is true of this host now, as the sink gets it; empty where no agent runs around the sink.
   * Unlike what {@link StateSink#show} gives, it is not older than the call. A moment may pass from
   * the delivery of an event until the sessions show it: {@link HostState#sequence} tells.
   */
  default Optional<HostState> state() {
    return Optional.empty();
  }

  /**
   * Reports that the connection broke, perhaps while nothing is being delivered. The loop soon
   * calls {@link Sink#probe}, which must throw, and then connects again as after any failure. Any
   * thread. Never blocks. Superfluous calls are harmless.
   */
  default void connectionLost() {}
}
