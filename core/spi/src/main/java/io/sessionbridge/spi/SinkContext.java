package io.sessionbridge.spi;

import io.sessionbridge.clock.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The environment of a sink. Safe for use by several threads, with everything it returns. */
@Stable
public interface SinkContext {

  /** The entry's id in the configuration. */
  String id();

  /** This machine. */
  Host host();

  Clock clock();

  /** This sink's own folder below the data directory; exists before connect is called. */
  Path dataFolder();

  Metrics metrics();

  /**
   * The heap that the sink may use besides its batch: between {@code least} and {@code most} of
   * {@link SinkFactory#memory}.
   */
  default long memory() {
    return Long.MAX_VALUE;
  }

  /**
   * How long {@link Sink#close} may take to stop what the sink runs on this machine: the key {@code
   * shutdown}. All sinks share this time; then the thread is interrupted.
   */
  default Duration closeTime() {
    return Duration.ofSeconds(10);
  }

  /** {@link EventFormat#bodyBeginning} of the sink's format. */
  default String bodyBeginning() {
    return "";
  }

  /**
   * What the key {@code privacy} hides from the sink: {@code users}, {@code clients}, {@code
   * hosts}.
   */
  default Set<String> hidden() {
    return Set.of();
  }

  /**
   * The id of the key of the pseudonyms in the sink's events, as in their field {@code key_id};
   * empty without pseudonyms.
   */
  default Optional<String> keyId() {
    return Optional.empty();
  }

  /**
   * The current state of this host, filtered by the sink's {@code privacy}; empty if the sink runs
   * outside an agent. Unlike the argument of {@link StateSink#show}, it is not older than the call.
   * Sessions may reflect an event shortly after its delivery; compare {@link HostState#sequence}.
   */
  default Optional<HostState> state() {
    return Optional.empty();
  }

  /**
   * Reports that the connection broke, possibly between deliveries. The loop soon calls {@link
   * Sink#probe}, which must throw, and then connects again as after any failure. Any thread. Never
   * blocks. Redundant calls are harmless.
   */
  default void connectionLost() {}
}
