package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes the sinks of one type. One factory lives as long as the agent; it has no state.
 *
 * @param <C> the configuration, a record
 */
public interface SinkFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /** The keys of an entry, besides those that every sink has. */
  ConfigSpec<C> config();

  /** The key under which an entry names its format. */
  default String formatKey() {
    return "format";
  }

  /** The format when the entry names none. */
  default String defaultFormat() {
    return "cloudevents";
  }

  /**
   * Events per batch at most, when the entry does not say. Many for a peer that answers whole
   * batches. Fewer for one that is sent to without a pause: a batch stays in memory until it is
   * settled, and what stays there for long makes garbage collection dear.
   */
  default int batchEvents() {
    return 5_000;
  }

  /**
   * What is wrong with a format for this configuration, as the message has it behind the key:
   * {@code must be ...}; empty if the sink can carry it.
   *
   * @param format its name
   */
  default Optional<String> formatProblem(C config, String format) {
    return Optional.empty();
  }

  /**
   * The files that a sink of this configuration writes, so that the core can refuse two entries
   * that exclude each other. No I/O.
   */
  default List<Path> writes(C config) {
    return List.of();
  }

  /**
   * A sink that is connected and closed once, to see whether that works. It must change nothing on
   * this machine, so a type whose connect creates or changes files overrides this.
   */
  default Sink createCheck(SinkContext context, C config) {
    return create(context, config);
  }

  /** A sink for one entry. No I/O, no threads: a dead broker never fails this. */
  Sink create(SinkContext context, C config);
}
